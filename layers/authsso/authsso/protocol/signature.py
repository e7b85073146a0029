"""Verify a token's signature with a key that we chose (RFC 7515, 5.2; RFC 8725, 3).

The only module that imports python-jose, and it uses it as a primitive: one constructed key, one
algorithm, a yes or a no. Left to itself, python-jose picks keys by what the token says, ignores
`kid`, `use`, `key_ops`, `alg` and `crit`, and takes claims that are absent or ill-typed.
"""

import functools
from collections.abc import Mapping, Sequence

from jose import jwk, jws
from jose.backends import cryptography_backend
from jose.backends.base import Key

from authsso.errors import ProviderError
from authsso.model import KeySet
from authsso.protocol import compact_jws, key_set
from authsso.protocol.compact_jws import CompactJws

# python-jose falls back to slow pure-Python code, `ecdsa` (CVE-2024-23342) among it, in silence.
if jwk.get_key("RS256") is not cryptography_backend.CryptographyRSAKey:
    raise ImportError("python-jose must run on cryptography (RSA)")
if jwk.get_key("ES256") is not cryptography_backend.CryptographyECKey:
    raise ImportError("python-jose must run on cryptography (EC)")


class UnknownKeyError(ProviderError):
    """The token names a key that is not in the set: fetch the keys once more, then refuse.

    Args:
        kid: What the token names; None when it names nothing and no key fits it.
    """

    def __init__(self, kid: str | None) -> None:
        super().__init__("id_token_unknown_key", f"kid {kid!r:.100}")
        self.kid = kid


def verify(token: str, *, keys: KeySet, algorithms: Sequence[str]) -> Mapping[str, object]:
    """Check who made a token, and nothing else about it.

    Args:
        token: A compact JWS.
        keys: The issuer's.
        algorithms: The connection's; the token's header chooses among them only.

    Returns:
        The payload, whose claims are still to be judged.

    Raises:
        UnknownKeyError: No key of the set goes by that name.
        ProviderError: `id_token_malformed`, `id_token_algorithm`, `id_token_ambiguous_key`,
            `id_token_signature`.
    """
    try:
        parsed = compact_jws.parse(token)
    except compact_jws.MalformedJwsError as error:
        raise ProviderError("id_token_malformed", str(error)) from error
    if parsed.algorithm not in algorithms:
        raise ProviderError("id_token_algorithm", f"{parsed.algorithm!r:.50} is not allowed")
    _check_signature(token, _choose_key(parsed, keys), parsed.algorithm)
    return parsed.payload


def _choose_key(parsed: CompactJws, keys: KeySet) -> Mapping[str, object]:
    """Pick the one candidate (RFC 7515, appendix D). Keys are never tried out in turn."""
    named = [key for key in keys.keys if parsed.kid is None or key.get("kid") == parsed.kid]
    fitting = [key for key in named if parsed.algorithm in key_set.algorithms(key)]
    if not named or (parsed.kid is None and not fitting):
        raise UnknownKeyError(parsed.kid)
    if not fitting:
        raise ProviderError("id_token_algorithm", "the named key is for another algorithm")
    if len(fitting) > 1:
        raise ProviderError("id_token_ambiguous_key", "no kid, and several keys fit")
    return fitting[0]


def _check_signature(token: str, key: Mapping[str, object], algorithm: str) -> None:
    try:
        jws.verify(token, _constructed(tuple(key.items()), algorithm), [algorithm])
    except Exception as error:
        # python-jose leaks ValueError, TypeError and cryptography's own besides JWSError.
        raise ProviderError("id_token_signature", type(error).__name__) from error


@functools.lru_cache(maxsize=256)
def _constructed(members: tuple[tuple[str, object], ...], algorithm: str) -> Key:
    """Build a key once: half of the cost of a verification is in here."""
    return jwk.construct(dict(members), algorithm)
