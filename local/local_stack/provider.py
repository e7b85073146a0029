"""The demo provider, the demo application and the TLS front, which are one Node.js process."""

import json
import os
import time
from pathlib import Path
from typing import Any

from local_stack import processes
from local_stack.failure import StackError
from local_stack.plan import ROOT
from local_stack.processes import Process

READY_WITHIN_SECONDS = 30


def start(config: dict[str, Any], run_dir: Path) -> Process:
    """Start it and wait until every port of it answers.

    Raises:
        StackError: It does not.
    """
    config_file = run_dir / "provider.json"
    config_file.write_text(json.dumps(config, indent=2))
    config_file.chmod(0o600)
    process = processes.start(
        "provider",
        ["node", ROOT / "local/demo_provider/main.mjs", config_file],
        run_dir=run_dir,
        environment={"PATH": os.environ.get("PATH", os.defpath), "NODE_ENV": "production"},
        working_directory=ROOT / "local/demo_provider",
    )
    log = processes.log_file(run_dir, process.name)
    give_up_at = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        if "ready" in log.read_text(errors="replace").splitlines():
            return process
        processes.require_running(process, run_dir)
        time.sleep(0.05)
    raise StackError(f"the demo provider was not ready in {READY_WITHIN_SECONDS} s; see {log}")
