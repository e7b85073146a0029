"""Starting what runs, finding it again, and stopping it."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from local_stack.failure import StackError

STOPS_WITHIN_SECONDS = 10

# Those that this very process started, by their ids.
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Process:
    """One process of ours.

    Args:
        name: What it is to us; also the name of its log and its pid file.
        pid: Its id, and its process group's.
        started: When the system says it started. Ids are used again; the two together are not.
    """

    name: str
    pid: int
    started: str

    def is_running(self) -> bool:
        """Whether it is still this process that has the id."""
        if child := _children.get(self.pid):
            child.poll()  # or a dead child of ours would count as running
        return self.started != "" and _started(self.pid) == self.started


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    run_dir: Path,
    environment: Mapping[str, str],
    working_directory: Path,
) -> Process:
    """Start a process that outlives us, with its output in RUN_DIR/NAME.log."""
    with log_file(run_dir, name).open("wb") as log:
        child = subprocess.Popen(
            command,
            cwd=working_directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Its own group: Ctrl-C reaches us alone, and we stop things in order.
            start_new_session=True,
        )
    _children[child.pid] = child
    return remember(name, child.pid, run_dir)


def remember(name: str, pid: int, run_dir: Path) -> Process:
    """Write down a process, so that a later command finds it."""
    process = Process(name, pid, _started(pid))
    _pid_file(run_dir, name).write_text(json.dumps(asdict(process)))
    return process


def forget(name: str, run_dir: Path) -> None:
    """The process is no longer anybody's concern."""
    _pid_file(run_dir, name).unlink(missing_ok=True)


def remembered(run_dir: Path) -> Iterator[Process]:
    """The processes written down in a run folder that still run."""
    for path in sorted(run_dir.glob("*.pid")):
        try:
            process = Process(**json.loads(path.read_text()))
        except (ValueError, TypeError):  # half written when the machine went down
            continue
        if process.is_running():
            yield process


def wait_until_gone(process: Process, seconds: float) -> bool:
    """Whether it ended within that time."""
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if not process.is_running():
            return True
        time.sleep(0.05)
    return False


def stop(process: Process, run_dir: Path) -> None:
    """End a process and its children: asked first, then made to."""
    if process.is_running():
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
        wait_until_gone(process, STOPS_WITHIN_SECONDS)
    # What is left of its group, such as Lambda workers, and the process itself when it hangs.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    wait_until_gone(process, 1)
    if child := _children.pop(process.pid, None):
        child.wait()  # killed, so this ends; a child that is not waited for stays as a zombie
    forget(process.name, run_dir)


def require_running(process: Process, run_dir: Path) -> None:
    """Notice at once when a process ended instead of starting.

    Raises:
        StackError: It ended; the last line of its log says more.
    """
    if process.is_running():
        return
    log = log_file(run_dir, process.name)
    lines = log.read_text(errors="replace").strip().splitlines()
    last = lines[-1] if lines else "it wrote nothing"
    raise StackError(f"{process.name} ended at once: {last} (see {log})")


def log_file(run_dir: Path, name: str) -> Path:
    """Where a process's output is."""
    return run_dir / f"{name}.log"


def _pid_file(run_dir: Path, name: str) -> Path:
    return run_dir / f"{name}.pid"


def _started(pid: int) -> str:
    """When the process started, in the system's words; empty when there is none, or a dead one."""
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    listed = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    state, _, started = listed.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else started.strip()
