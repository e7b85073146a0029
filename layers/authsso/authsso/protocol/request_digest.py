"""Recognise a settings request that is sent again because its answer was lost.

The request holds a client secret, and the digest lies in a table that must not give it away: so
it is salted and slow (scrypt, RFC 7914). It never leaves the table.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping

_COST = 2**14  # 16 MiB and some 40 ms: RFC 7914, 2, for interactive use


def digest(request: Mapping[str, object], *, salt: str) -> str:
    """Return `salt$digest` of a request.

    Args:
        request: What was asked, as JSON values; the order of members does not matter.
        salt: Random, new for each request.
    """
    canonical = json.dumps(request, sort_keys=True, separators=(",", ":")).encode()
    key = hashlib.scrypt(canonical, salt=salt.encode(), n=_COST, r=8, p=1, dklen=32)
    return f"{salt}${key.hex()}"


def is_same(request: Mapping[str, object], stored: str) -> bool:
    """Tell whether `stored` is the digest of this very request."""
    salt, _, _ = stored.rpartition("$")
    return hmac.compare_digest(digest(request, salt=salt), stored)
