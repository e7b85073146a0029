"""AWS on this machine: ministack with our repairs (local/emulator), as a process."""

import json
import os
import shutil
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from local_stack import processes
from local_stack.failure import StackError
from local_stack.plan import HOST, LOCAL, REGION, ROOT
from local_stack.processes import Process

HEALTHY_WITHIN_SECONDS = 30
KEEPS_LAYERS_SECONDS = 3 * 24 * 60 * 60


def start(port: int, run_dir: Path) -> Process:
    """Start it and wait until it answers.

    Raises:
        StackError: It does not.
    """
    folders = {name: run_dir / "emulator" / name for name in ("tmp", "state", "s3", "home")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    environment = {
        # Lambda workers inherit this: only what is needed, so that a variable that the template
        # forgot is missing here too.
        "PATH": os.defpath,
        "HOME": str(folders["home"]),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "GATEWAY_PORT": str(port),
        "BIND_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AUTH": "true",  # roles and policies are enforced
        "MINISTACK_COGNITO_PRETOKEN_STRICT": "1",
        "IOT_MTLS_ENABLED": "0",  # these two would listen on every address
        "SFTP_ENABLED": "0",
        "TMPDIR": str(folders["tmp"]),
        "STATE_DIR": str(folders["state"]),
        "S3_DATA_DIR": str(folders["s3"]),
        "EMULATOR_LAYERS": str(_layers()),
    }
    process = processes.start(
        "emulator",
        [LOCAL / "emulator/bin/python", "-m", "emulator"],
        run_dir=run_dir,
        environment=environment,
        working_directory=ROOT / "local",
    )
    _wait_until_healthy(process, port, run_dir)
    return process


def _layers() -> Path:
    """Where unpacked layers are kept for the next start, without those that nobody starts now."""
    layers = LOCAL / "layers"
    layers.mkdir(parents=True, exist_ok=True)
    for folder in layers.iterdir():
        with suppress(FileNotFoundError):  # two stacks may clean at once
            if folder.stat().st_mtime < time.time() - KEEPS_LAYERS_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
    return layers


def _wait_until_healthy(process: Process, port: int, run_dir: Path) -> None:
    give_up_at = time.monotonic() + HEALTHY_WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/_ministack/health", timeout=2) as ok:
                json.load(ok)
        except (OSError, ValueError):
            processes.require_running(process, run_dir)
            time.sleep(0.05)
        else:
            return
    log = processes.log_file(run_dir, process.name)
    raise StackError(f"the emulator did not answer within {HEALTHY_WITHIN_SECONDS} s; see {log}")
