"""One spelling for each DNS name: lower-case A-labels (RFC 5891), no dot at the end."""

import re
import unicodedata

import idna

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST = 253


def normalise(text: str) -> str:
    """Return the one spelling under which a domain is stored and compared.

    Args:
        text: What somebody typed, or what stands after the @ of an address.

    Returns:
        A-labels in lower case: `Bücher.Example` becomes `xn--bcher-kva.example`.

    Raises:
        ValueError: It is not a domain name with at least two labels.
    """
    if not text or text != text.strip() or len(text) > _LONGEST:
        raise ValueError("not a domain name")
    folded = unicodedata.normalize("NFKC", text).lower()
    try:
        name = folded if folded.isascii() else idna.encode(folded, uts46=True).decode()
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError("not a domain name") from error
    labels = name.split(".") if len(name) <= _LONGEST else []
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004
        raise ValueError("not a domain name")
    if labels[-1].isdigit():
        raise ValueError("an IP address is not a domain name")
    return name
