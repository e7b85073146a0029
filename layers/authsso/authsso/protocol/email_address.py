"""One spelling for each e-mail address, and the domain that decides about it."""

import re
import unicodedata

from authsso.protocol import domain_name

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LONGEST = 254


def normalise(value: object) -> str | None:
    """Return the address as it is stored and compared, or None when it is not usable.

    Normalises before it validates, so that a full-width @ cannot hide a second domain. The local
    part is lower-cased as well: Cognito's aliases ignore case.

    Args:
        value: A claim, of any type; or what a person typed.
    """
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = unicodedata.normalize("NFKC", value)
    local, at, domain = text.partition("@")
    if not at or "@" in domain or not _LOCAL.fullmatch(local):
        return None
    try:
        return f"{local.lower()}@{domain_name.normalise(domain)}"
    except ValueError:
        return None


def domain(address: str) -> str:
    """Return the domain of a normalised address."""
    return address.rpartition("@")[2]
