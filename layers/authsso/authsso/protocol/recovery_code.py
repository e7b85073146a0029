"""Recovery codes: how one is spelled, read back from what a person types, and kept.

A code lifts a tenant's enforcement for an hour (design.md 5), so it is a secret of 140 bits, shown
once. The letters are Crockford's: no two of them look alike, and case does not matter.
"""

import re
from base64 import b32encode
from hashlib import sha256
from typing import Final

GROUPS: Final = 7
_GROUP: Final = 4
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPELLED = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _LETTERS)
_LOOK_ALIKES = str.maketrans("OIL", "011")
# What people and word processors put between the groups.
_BETWEEN = re.compile(r"[\s\u00ad\u200b\u2010-\u2015\u2212-]+")
_CODE = re.compile(f"[{_LETTERS}]{{{GROUPS * _GROUP}}}")
_LONGEST_TYPED = 200


def new_code(token: str) -> str:
    """Return a fresh code.

    Args:
        token: 256 random bits.

    Returns:
        140 of them, as seven groups of four letters: `7QK2-...-M0WX`.
    """
    return _grouped(b32encode(sha256(token.encode()).digest()).decode().translate(_SPELLED))


def normalise(text: str) -> str | None:
    """Return a typed code as `new_code` spelled it; None when it cannot be one."""
    if len(text) > _LONGEST_TYPED or not (letters := _BETWEEN.sub("", text)).isascii():
        return None
    letters = letters.upper().translate(_LOOK_ALIKES)
    return _grouped(letters) if _CODE.fullmatch(letters) else None


def hashed(code: str) -> str:
    """Return what is kept of a code, SHA-256 in hex; 140 random bits need no slower hash.

    Args:
        code: From `new_code` or `normalise`.
    """
    return sha256(code.encode()).hexdigest()


def _grouped(letters: str) -> str:
    starts = range(0, GROUPS * _GROUP, _GROUP)
    return "-".join(letters[start : start + _GROUP] for start in starts)
