"""Whose domain is meant by something that may be an e-mail address, however odd the rest of it."""

import unicodedata

from authsso.protocol import domain_name


def of(text: object) -> str | None:
    """Return what stands after the last @, as domains are kept; None when it is no domain.

    Wider than email_address.normalise on purpose: where a domain is refused, an unusual local
    part must not be a way around.
    """
    if not isinstance(text, str):
        return None
    _, at, domain = unicodedata.normalize("NFKC", text).rpartition("@")
    try:
        return domain_name.normalise(domain.strip().rstrip(".")) if at else None
    except ValueError:
        return None
