"""How a function of ministack is replaced, with the original at hand."""

from collections.abc import Callable
from typing import Any

# ministack has no types: a value of its own, whatever it is.
Foreign = Any
Function = Callable[..., Foreign]


def replaces(owner: Foreign, name: str) -> Callable[[Function], Function]:
    """Put the decorated function in the place of `owner.name`.

    It is called with the original first, then with what the caller gave. A name that is not there
    is an AttributeError at start: the pinned ministack and these repairs no longer fit.
    """
    original = getattr(owner, name)

    def install(replacement: Function) -> Function:
        def call(*arguments: Foreign, **named: Foreign) -> Foreign:
            return replacement(original, *arguments, **named)

        setattr(owner, name, call)
        return replacement

    return install


def replaces_handler(handlers: dict[str, Function], name: str) -> Callable[[Function], Function]:
    """The same for an entry of a table of functions, such as a CloudFormation type's handlers."""
    original = handlers[name]

    def install(replacement: Function) -> Function:
        def call(*arguments: Foreign, **named: Foreign) -> Foreign:
            return replacement(original, *arguments, **named)

        handlers[name] = call
        return replacement

    return install
