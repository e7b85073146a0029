"""An audit that could not be done is never told as one that found nothing."""

import json

import pytest

import package_audit
from package_audit import Audit, AuditError

KNOWN = {"name": "jose", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI"}
BAD = {
    "name": "old",
    "version": "1.0",
    "vulns": [{"id": "GHSA-x", "fix_versions": ["1.1"], "aliases": [], "description": ""}],
}


def answer(*packages):
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.fixture
def pip_audit(tmp_path, monkeypatch):
    """pip-audit as a script that prints what a test wants, and writes down its arguments."""

    def behave(*, out="", err="", code=0):
        (tmp_path / "out").write_text(out)
        (tmp_path / "err").write_text(err)
        script = tmp_path / "pip-audit"
        here = str(tmp_path)
        script.write_text(
            f'#!/bin/sh\necho "$@" >> {here}/asked\ncat {here}/out\n'
            f"cat {here}/err >&2\nexit {code}\n"
        )
        script.chmod(0o755)
        monkeypatch.setattr(package_audit, "PIP_AUDIT", script)
        return tmp_path / "asked"

    return behave


@pytest.mark.parametrize(
    ("packages", "required", "said", "code"),
    [
        pytest.param([UNKNOWN], False, "NOT DONE", 0, id="nothing-known"),
        pytest.param([UNKNOWN], True, "NOT DONE", 1, id="nothing-known-and-required"),
        pytest.param([KNOWN, UNKNOWN], False, "NOT AUDITED, unknown to the service: ours", 0),
        pytest.param([KNOWN, UNKNOWN], True, "NOT AUDITED, unknown to the service: ours", 1),
        pytest.param([KNOWN], True, "1 packages audited", 0, id="all-good"),
        pytest.param([KNOWN, BAD, UNKNOWN], False, "old 1.0: GHSA-x, mended in 1.1", 1, id="bad"),
    ],
)
def test_what_is_said_is_what_was_asked(packages, required, said, code):
    line, ended = package_audit.report(package_audit.read(answer(*packages)), required=required)

    assert said in line
    assert ended == code
    assert ("none is known" in line) == (KNOWN in packages and BAD not in packages)


def test_a_service_that_cannot_be_reached_is_told_in_one_line(pip_audit, capsys):
    asked = pip_audit(err="Traceback\nrequests.exceptions.ConnectionError: no route\n", code=1)

    assert package_audit.main({}) == 0
    assert package_audit.main({"PIP_AUDIT": "required"}) == 1
    assert capsys.readouterr().out.count("NOT DONE") == 2
    assert len(asked.read_text().splitlines()) == 2, "one lock file tells it"


def test_every_lock_file_is_asked_about_with_its_hashes(pip_audit):
    asked = pip_audit(out=answer(KNOWN))

    assert package_audit.main({}) == 0
    lines = asked.read_text().splitlines()
    assert [line.split()[1] for line in lines] == list(package_audit.LOCKS)
    assert all("--require-hashes --disable-pip" in line for line in lines)
    assert all((package_audit.ROOT / lock).exists() for lock in package_audit.LOCKS)


def test_a_failure_of_the_tool_itself_is_no_lack_of_network(pip_audit, capsys):
    pip_audit(err="ERROR: requirement without a hash\n", code=1)

    assert package_audit.main({}) == 1
    assert "requirement without a hash" in capsys.readouterr().err
    with pytest.raises(AuditError):
        package_audit.ask("x")


def test_a_package_that_one_file_names_and_another_cannot_is_audited():
    both = Audit(frozenset({"a"}), frozenset({"b"})).and_also(Audit(frozenset({"b"})))

    assert both == Audit(frozenset({"a", "b"}))
