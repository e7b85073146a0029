"""What goes wrong with a local stack and is told in one line, without a traceback."""


class StackError(Exception):
    """Says what is wrong and what the developer can do about it."""
