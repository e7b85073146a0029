"""The failures that were collected, as what authsso would see of each, and what it names it.

tests/findings/entra_cases.csv has one row for each entry of ../shared/entra_failures.json: where
it is met and what arrives there; or, without a name, why it never arrives.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from authsso.findings import in_claims
from authsso.findings.catalogue import ALL
from authsso.findings.finding import Place
from authsso.findings.recognise import Observation, recognise
from authsso.model import ProviderKind
from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_values import find_mistakes

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests/findings/entra_cases.csv"
COLLECTED = ROOT.parent / "shared/entra_failures.json"
_GUID = "3f1c2a9e-5b7d-4c1e-9a42-0d6f8b3e7c15"
_ADDRESS = "https://login.microsoftonline.com/9d2f6c1a-7e35-4b0c-8a91-5c4e2d7f1b60/v2.0"


@dataclass(frozen=True, slots=True)
class Case:
    """One collected failure.

    Args:
        id: Of the entry.
        named: The code that must explain it; empty when it cannot reach authsso.
        place: Where it is met: a `Place`, `typed`, `claims`, or `rule` for a code that another
            rule of ours raises; for one that cannot reach authsso the reason.
        seen: The other columns of the row.
    """

    id: str
    named: str
    place: str
    seen: Mapping[str, str]


def read() -> list[Case]:
    """Read the table."""
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [Case(row["id"], row["named"], row["place"], row) for row in rows]


def collected_ids() -> list[str]:
    """Return the ids of the entries that were collected; of the table where they are not there."""
    if not COLLECTED.exists():
        return [case.id for case in read()]
    return [entry["id"] for entry in json.loads(COLLECTED.read_text())]


def names(case: Case) -> set[str]:
    """Return what authsso calls what it sees of a case."""
    if case.place == "typed":
        return _typed(case)
    if case.place == "claims":
        found = in_claims.find(
            json.loads(case.seen["text"]),
            _provider(case),
            groups_claim="groups",
            group_mapping={"staff": "staff"},
        )
        return {finding.code for finding in found}
    if case.place in get_args(Place.__value__):
        return {recognise(_observation(case)).finding.code}
    documented = (ROOT / "docs/errors.md").read_text()
    is_known = f"`{case.named}`" in documented or any(case.named == known.code for known in ALL)
    return {case.named} if is_known else set()


def _provider(case: Case) -> ProviderKind:
    return cast("ProviderKind", case.seen["provider"])


def _observation(case: Case) -> Observation:
    seen = case.seen
    return Observation(
        cast("Place", case.place),
        provider=_provider(case),
        error=seen["error"] or None,
        text=seen["text"],
        status=int(seen["status"]) if seen["status"] else None,
        code=seen["code"] or None,
    )


def _typed(case: Case) -> set[str]:
    field, _, value = case.seen["text"].partition("=")
    values = {"discovery_url": _ADDRESS, "client_id": _GUID, "client_secret": "aB3", field: value}
    form, profile = FORMS[_provider(case)], PROFILES[_provider(case)]
    typed = TypedValues(
        form.normalise(values["discovery_url"]),
        form.normalise_client_id(values["client_id"]),
        values["client_secret"],
    )
    found = find_mistakes(form, typed, Surroundings(profile.pinned_hosts))
    return {mistake.code for mistake in found}
