"""Sign-ins, test sign-ins and explanations in memory, in the shapes of the settings API itself."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from authsso.findings.recognise import Observation, recognise
from authsso.model import ProviderKind
from authsso.protocol.trace import Noted
from browser.fake_organisation import Answer, Refused
from settings_api import traces
from settings_api.trace_answers import ExplanationAnswer, SignInAnswer, SignInDetailAnswer

WAY = {
    "sent_to_provider": 0,
    "came_back": 14_000,
    "answer_accepted": 14_021,
    "code_redeemed": 14_322,
    "id_token_accepted": 14_377,
    "claims_complete": 14_612,
    "user_found": 14_701,
    "code_issued": 14_733,
    "tokens_issued": 15_190,
}
ENTRA_WORDS = "AADSTS{number}: What Microsoft says of it."
CORRELATION_ID = "9c1f6d0e-5f0b-4f4f-9f3a-3d2f1f6b7a10"


def steps(until: str) -> list[dict[str, Any]]:
    """Return the steps up to one that went well."""
    names = list(WAY)
    return [{"name": name, "after_ms": WAY[name]} for name in names[: names.index(until) + 1]]


def found(code: str, number: int | None = None, text: str = "") -> dict[str, Any]:
    """Return a finding of the catalogue, as the API shows it."""
    correlation_id = CORRELATION_ID if number else None
    if number and not text:
        text = ENTRA_WORDS.format(number=number)
    return traces.explained(Noted(code, number, text, correlation_id)).model_dump()


def sign_in(reference: str, **changes: Any) -> dict[str, Any]:
    """Return a sign-in that went well, but for changes; its shape is judged by the API's model."""
    detail = {
        "reference": reference,
        "kind": "sign_in",
        "provider": "azure",
        "version": 1,
        "callback": "authsso",
        "started_at": 1_795_600_800,
        "outcome": "signed_in",
        "person": "grace@acme.example",
        "finding": None,
        "application": "demo-client",
        "steps": steps("tokens_issued"),
        "findings": [],
        "username": "5b1c77d2-grace",
        "decision": "known",
        "groups": [],
        "claims": None,
        "mapped": None,
    } | changes
    if detail["findings"] and detail["finding"] is None and detail["outcome"] != "signed_in":
        detail["finding"] = detail["findings"][0]
    return SignInDetailAnswer.model_validate(detail).model_dump()


def tried(reference: str = "TESTAB22", **changes: Any) -> dict[str, Any]:
    """Return a test sign-in that went well, but for changes."""
    return sign_in(
        reference,
        **{
            "kind": "test",
            "application": None,
            "steps": steps("user_found"),
            "username": None,
            "decision": "created",
            "groups": [
                {"name": "Editors", "cognito_group": "editors"},
                {"name": "All employees", "cognito_group": None},
            ],
            "claims": {
                "email": "grace@acme.example",
                "name": "Grace Hopper",
                "groups": ["Editors"],
            },
            "mapped": {"email": "grace@acme.example", "name": "Grace Hopper"},
        }
        | changes,
    )


def refused_trial(finding: dict[str, Any], until: str, **changes: Any) -> dict[str, Any]:
    """Return a test sign-in that ended after a step."""
    nothing = {"person": None, "decision": None, "groups": [], "claims": None, "mapped": None}
    return tried(outcome="refused", steps=steps(until), findings=[finding], **nothing | changes)


@dataclass
class FakeSignIns:
    """What was signed in, and what the next test sign-in will come to."""

    url: str
    kept: list[dict[str, Any]] = field(default_factory=list)
    # Each look at the test shows the next; the last stays.
    test_answers: list[dict[str, Any]] = field(default_factory=list)
    looks: int = 0

    def prepare(self) -> dict[str, Any]:
        """Begin a test sign-in."""
        self.looks = 0
        return {"url": self.url, "test_id": "TESTAB22"}

    def test(self) -> dict[str, Any]:
        """Show it as far as it has come."""
        answer = self.test_answers[min(self.looks, len(self.test_answers) - 1)]
        self.looks += 1
        return answer

    def explain(self, provider: ProviderKind, text: str) -> dict[str, Any]:
        """Explain as the API does."""
        seen = recognise(Observation("pasted", provider, text=text))
        said = seen.provider_text if seen.finding.code != "entra_number_missing" else ""
        noted = Noted(seen.finding.code, seen.number, said, seen.correlation_id)
        answer = ExplanationAnswer(finding=traces.explained(noted), number=seen.number)
        return answer.model_dump()

    def listed(self, query: str) -> dict[str, Any]:
        """List them, filtered, the newest first."""
        wanted = {name: values[0] for name, values in parse_qs(query).items()}
        before = int(wanted.get("before", "0").split("-")[0])
        outcome = {"started", "never_came_back"} if wanted.get("outcome") == "started" else None
        chosen = [
            line
            for line in self.kept
            if wanted.get("outcome") in {None, line["outcome"]}
            or (outcome and line["outcome"] in outcome)
        ]
        chosen = [line for line in chosen if wanted.get("person", "") in (line["person"] or "")]
        shown, rest = chosen[before : before + 25], chosen[before + 25 :]
        names = SignInAnswer.model_fields
        return {
            "sign_ins": [{name: line[name] for name in names} for line in shown],
            "next": f"{before + 25:012}-AAAAAAAA" if rest else None,
        }

    def one(self, reference: str) -> dict[str, Any] | None:
        """Find one by its reference."""
        return next((line for line in self.kept if line["reference"] == reference), None)


class SignInRoutes:
    """Their routes, for the settings API."""

    sign_ins: FakeSignIns

    def explain(self, kind: ProviderKind, *, body: Any, **_: Any) -> Answer:
        return 200, self.sign_ins.explain(kind, body["text"])

    def list_sign_ins(self, *, query: str, **_: Any) -> Answer:
        return 200, self.sign_ins.listed(query)

    def show_sign_in(self, reference: str, **_: Any) -> Answer:
        detail = self.sign_ins.one(reference)
        if detail is None:
            raise Refused(404, "sign_in_unknown", "There is no such sign-in, or no more.")
        return 200, detail
