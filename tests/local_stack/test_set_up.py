"""What is missing on a machine is told in one line; what is there already is left as it is."""

import sys

import pytest

from local_stack import chromium, set_up
from local_stack.set_up import SetUpError


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


def test_another_python_is_told_how_to_be_chosen():
    with pytest.raises(SetUpError, match=r"this is 3\.12: say make PYTHON=/path/to/"):
        set_up.require_python(3, 12)


def test_no_node_is_told(project, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SetUpError, match=r"newer with npm: node and npm not found"):
        set_up.make_packages(project, "a program")


def test_an_old_node_is_told(project, monkeypatch):
    for name in ("node", "npm"):
        (project / name).write_text("#!/bin/sh\necho v18.1.0\n")
        (project / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{project}:/bin:/usr/bin")

    with pytest.raises(SetUpError, match=r"needs Node.js 20 or newer, this is v18\.1\.0"):
        set_up.make_packages(project, "a program")


def test_no_lock_file_is_told(project):
    (project / "package-lock.json").unlink()

    with pytest.raises(SetUpError, match=r"json is missing: run make lock"):
        set_up.make_packages(project, "a program")


def test_what_was_made_from_the_same_is_not_made_again(tmp_path):
    source = tmp_path / "lock.txt"
    source.write_text("a")
    assert not set_up.is_made(tmp_path, [source])

    set_up.mark_made(tmp_path, [source])

    assert set_up.is_made(tmp_path, [source])
    source.write_text("b")
    assert not set_up.is_made(tmp_path, [source])


def test_no_browser_is_told_where_it_is_not_ours_to_install(monkeypatch):
    monkeypatch.setattr(set_up, "find_chromium", lambda: None)
    monkeypatch.setattr(set_up.os, "geteuid", lambda: 1000)

    with pytest.raises(SetUpError, match="install it, or say CHROMIUM=/path/to/chromium"):
        set_up.find_or_install_chromium()


def test_the_developers_choice_of_browser_counts(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/mine")

    assert chromium.find_chromium() == "/opt/mine"


def test_a_browser_on_the_path_is_found(tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "google-chrome").write_text("")
    (tmp_path / "google-chrome").chmod(0o755)

    assert chromium.find_chromium() == str(tmp_path / "google-chrome")


def test_the_headless_shell_goes_before_the_whole_browser(tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("chromium", chromium.HEADLESS_SHELL):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o755)

    assert chromium.find_chromium() == str(tmp_path / chromium.HEADLESS_SHELL)


def test_failures_are_one_line_and_an_exit_code(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["set_up", "chromium"])
    monkeypatch.setattr(set_up, "find_chromium", lambda: None)
    monkeypatch.setattr(set_up.os, "geteuid", lambda: 1000)

    assert set_up.main() == 1
    assert capsys.readouterr().err.count("\n") == 1
