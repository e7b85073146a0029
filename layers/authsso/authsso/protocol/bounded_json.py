"""Read JSON that somebody else wrote, without being hurt by it (RFC 8259; RFC 7493, I-JSON)."""

import json
import math
import re
from itertools import accumulate
from typing import NoReturn

MAX_DEPTH = 20
MAX_NUMBER_CHARACTERS = 32

# Always matches once it stands on a quote, so its time is linear whatever the input.
_STRING = re.compile(rb'"(?:[^"\\]|\\.?)*+"?', re.DOTALL)
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in _STEPS)


class MalformedJsonError(ValueError):
    """Not JSON, or JSON that two readers could understand differently."""


def parse_object(data: bytes, *, limit: int) -> dict[str, object]:
    """Parse one JSON object, strictly.

    Args:
        data: As it came over the wire.
        limit: How many bytes it may have.

    Returns:
        The object; every member once, every number finite, every string real Unicode.

    Raises:
        MalformedJsonError: Anything else: too long or deep, a duplicate member (RFC 7493, 2.3),
            NaN or Infinity, an overlong number, a lone surrogate, not UTF-8, a BOM, no object.
    """
    if len(data) > limit:
        raise MalformedJsonError("too long")
    _check_depth(data)
    try:
        value: object = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_refuse_constant,
        )
        if b"\\u" in data:
            _check_surrogates(value)
    except MalformedJsonError:
        raise
    except ValueError:
        # The parser's own message would quote the input.
        raise MalformedJsonError("not JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise MalformedJsonError("not an object")
    return value


def _check_depth(data: bytes) -> None:
    brackets = _STRING.sub(b"", data).translate(None, _NO_BRACKETS)
    depths = accumulate(map(_STEPS.__getitem__, brackets))
    if max(depths, default=0) > MAX_DEPTH:
        raise MalformedJsonError("nested too deep")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedJsonError("duplicate member")
    return members


def _integer(text: str) -> int:
    if len(text) > MAX_NUMBER_CHARACTERS:
        raise MalformedJsonError("number too long")
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if len(text) > MAX_NUMBER_CHARACTERS or not math.isfinite(number):
        raise MalformedJsonError("number out of range")
    return number


def _refuse_constant(_name: str) -> NoReturn:
    raise MalformedJsonError("NaN or Infinity")


def _check_surrogates(value: object) -> None:
    """Encode once: UTF-8 has no lone surrogates, so an escaped one fails (RFC 7493, 2.1)."""
    json.dumps(value, ensure_ascii=False).encode("utf-8")
