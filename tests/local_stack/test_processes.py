"""What was started is found again, by this command or a later one, and stopped for good."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from local_stack import processes
from local_stack.failure import StackError

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
IGNORES_SIGTERM = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"
HAS_A_CHILD = (
    "import subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, flush=True); time.sleep(60)"
)


@pytest.fixture
def start(tmp_path):
    started = []

    def run(code, name="emulator"):
        process = processes.start(
            name,
            [sys.executable, "-c", code],
            run_dir=tmp_path,
            environment={},
            working_directory=Path.cwd(),
        )
        started.append(process)
        return process

    yield run
    for process in started:
        processes.stop(process, tmp_path)


def wait_for_output(tmp_path, name="emulator"):
    log = processes.log_file(tmp_path, name)
    for _ in range(200):
        if log.read_text():
            return log.read_text()
        time.sleep(0.05)
    raise AssertionError("it wrote nothing")


def test_a_later_command_finds_it_by_its_file(start, tmp_path):
    process = start(SLEEPS)

    assert list(processes.remembered(tmp_path)) == [process]


def test_what_is_stopped_is_gone_and_forgotten(start, tmp_path):
    process = start(SLEEPS)

    processes.stop(process, tmp_path)

    assert not process.is_running()
    assert list(tmp_path.glob("*.pid")) == []


def test_one_that_does_not_listen_is_killed(start, tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "STOPS_WITHIN_SECONDS", 0.3)
    process = start(IGNORES_SIGTERM)
    wait_for_output(tmp_path)

    processes.stop(process, tmp_path)

    assert not process.is_running()


def test_its_children_go_with_it(start, tmp_path):
    process = start(HAS_A_CHILD)
    child = processes.remember("child", int(wait_for_output(tmp_path)), tmp_path)

    processes.stop(process, tmp_path)

    assert processes.wait_until_gone(child, 5)


def test_an_id_that_somebody_else_has_now_is_left_alone(tmp_path):
    # Our own id, as if it had been given anew to a process that is none of the stack's.
    stale = {"name": "emulator", "pid": os.getpid(), "started": "Thu Jan  1 00:00:00 1970"}
    (tmp_path / "emulator.pid").write_text(json.dumps(stale))

    assert list(processes.remembered(tmp_path)) == []


def test_a_half_written_file_is_no_process(tmp_path):
    (tmp_path / "emulator.pid").write_text('{"name": "emu')

    assert list(processes.remembered(tmp_path)) == []


def test_one_that_ends_at_once_is_told_with_its_last_words(start, tmp_path):
    process = start("print('no such thing'); raise SystemExit(1)")
    processes.wait_until_gone(process, 5)

    with pytest.raises(StackError, match="emulator ended at once: no such thing"):
        processes.require_running(process, tmp_path)


def test_a_dead_child_does_not_count_as_running(start):
    process = start(SLEEPS)

    os.kill(process.pid, signal.SIGKILL)

    assert processes.wait_until_gone(process, 5)
