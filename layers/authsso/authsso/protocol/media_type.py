"""Whether an answer says that it is JSON (RFC 9110, 8.3.1)."""


def is_json(content_type: str) -> bool:
    """Whether the media type is application/json, parameters aside."""
    return of(content_type) == "application/json"


def of(content_type: str) -> str:
    """Give the media type alone, in lower case."""
    return content_type.partition(";")[0].strip().lower()
