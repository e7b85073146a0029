"""What the documentation lists is what the code has, and the other way round."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from authsso.config import Config
from authsso.model import PROVIDER_KINDS
from authsso.protocol import enforcement, federated_sign_in, federation_state
from authsso.web import error_texts
from harness.template import ROOT, routes, template

CODE = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/authsso").rglob("*.py")]
# Calls whose first argument is the code of an error that somebody meets.
RAISES = {
    "DisplayedError",
    "RedirectedError",
    "TokenError",
    "ProviderError",
    "UnavailableError",
    "Refusal",
    "refuse",
    "_invalid",
    "TriggerRefusedError",
}


def documented(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def raised(path: Path) -> set[str]:
    codes = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        first = node.args[0]
        if name in RAISES and isinstance(first, ast.Constant) and isinstance(first.value, str):
            codes.add(first.value)
    return codes


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_error_code_is_documented(path):
    listed = set(re.findall(r"`([a-z_0-9]+)`", documented("errors.md")))
    assert raised(path) <= listed


def test_every_code_that_a_person_meets_has_a_text():
    listed = re.findall(
        r"^\| `([a-z_]+)` \|", documented("errors.md").split("## ")[1], re.MULTILINE
    )
    assert set(listed) == error_texts.codes()


def test_every_parameter_is_documented():
    listed = set(re.findall(r"^\| `([A-Za-z]+)` \|", documented("configuration.md"), re.MULTILINE))
    assert set(template()["Parameters"]) <= listed


def test_every_environment_variable_is_documented():
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", documented("configuration.md"), re.MULTILINE))
    assert listed == {field.name.upper() for field in fields(Config)}


def test_every_settings_route_is_documented():
    reference = documented("settings-api.md")
    for route in routes():
        _, path = route.split()
        if path.startswith("/settings/sso"):
            assert path.removeprefix("/settings/sso/connections/{provider}") in reference, route


def test_every_route_is_compared_with_the_cognito_domain():
    """But those that Cognito has nothing like."""
    own = ("/settings", "/recover", "/oauth2/test", "/oauth2/idpresponse/{connection_id}")
    compared = documented("drop-in.md")
    for route in routes():
        _, path = route.split()
        assert path.startswith(own) or path in compared, route


def test_every_link_between_documents_leads_somewhere():
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document}: {target}"


def test_the_readme_tree_names_what_is_there():
    readme = (ROOT / "README.md").read_text()
    for folder in (ROOT / "functions").iterdir():
        if (folder / "app.py").exists():
            assert f"{folder.name}/" in readme, folder.name


@pytest.mark.parametrize("kind", PROVIDER_KINDS)
def test_the_guides_are_the_pages_word_for_word(kind):
    document = documented(f"guides/{kind}.md")
    page = (ROOT / f"functions/settings_page/assets/guide_{kind}.js").read_text()
    sentences = re.findall(r"'((?:[^'\\]|\\.)*)'", page.partition("export const")[2])
    assert len(sentences) > 5
    for sentence in sentences:
        assert sentence in document


def test_every_state_at_the_cognito_domain_is_documented():
    listed = documented("cognito-domain.md")
    for reason in [*federation_state._SENTENCES, *federation_state._CAUSES]:
        sentence = federation_state.state_of(reason, at=0).message
        assert sentence.removeprefix(federation_state._UNAVAILABLE) in listed, reason


def test_what_the_person_reads_is_documented():
    listed = documented("enforcement.md") + documented("cognito-domain.md")
    for text in federated_sign_in.TEXTS.values():
        assert text in listed
    unwrapped = listed.replace("\n> ", " ")
    assert enforcement.refusal_text("https://authsso.saas.example") in unwrapped
    assert f"GET {enforcement.SIGN_IN_PATH}" in routes()
    assert f"GET {enforcement.RECOVERY_PATH}" in routes()


@pytest.mark.parametrize("record", sorted((ROOT / "docs/decisions").glob("*.md")))
def test_every_decision_says_why_and_what_it_costs(record):
    text = record.read_text()
    for part in ("**Context.**", "**Decision.**", "**Given up.**"):
        assert part in text


def test_the_threat_model_names_files_that_are_there():
    """Paths are told without the roots that they lie under."""
    roots = (ROOT, ROOT / "layers/authsso/authsso", ROOT / "functions")
    for path in re.findall(r"`([a-z_/]+\.(?:py|yaml))`", documented("threat-model.md")):
        beside = ROOT / "functions/cognito_triggers" / path
        assert any((root / path).exists() for root in roots) or beside.exists(), path
