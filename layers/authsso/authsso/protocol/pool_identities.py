"""The `identities` attribute of a pool's user: which providers of the pool lead to it."""

import json


def read_identities(text: object) -> frozenset[tuple[str, str]]:
    """Return provider name and subject of each; none when the attribute is not as expected.

    Args:
        text: JSON that Cognito writes; neither people nor applications can.
    """
    try:
        entries = json.loads(text) if isinstance(text, str) else []
    except ValueError:
        return frozenset()
    if not isinstance(entries, list):
        return frozenset()
    return frozenset(
        (str(entry["providerName"]), str(entry["userId"]))
        for entry in entries
        if isinstance(entry, dict) and {"providerName", "userId"} <= entry.keys()
    )
