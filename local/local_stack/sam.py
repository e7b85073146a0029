"""How SAM's command line is run, away from the developer's own AWS accounts."""

import os
import subprocess
from pathlib import Path

from local_stack.failure import StackError
from local_stack.plan import HOST, LOCAL, REGION, ROOT

NOBODY = "test"  # the emulator's root user


def aws_environment(port: int | None = None) -> dict[str, str]:
    """An environment in which nothing of the developer's AWS set-up is left."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = kept | {
        "AWS_ACCESS_KEY_ID": NOBODY,
        "AWS_SECRET_ACCESS_KEY": NOBODY,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    if port is not None:
        environment["AWS_ENDPOINT_URL"] = f"http://{HOST}:{port}"
    return environment


def sam(*arguments: str | Path, log: Path, port: int | None = None) -> None:
    """Run one SAM command to its end, with its output in a log.

    Raises:
        StackError: It failed; the log's last lines are the likely reason.
    """
    binaries = LOCAL / "sam/bin"
    environment = aws_environment(port) | {
        # SAM builds with the python3.13 and pip that it finds first.
        "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.3",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    with log.open("wb") as output:
        done = subprocess.run(
            [binaries / "sam", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        said = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        failed = next((line for line in said if "_FAILED" in line), "")
        reason = " | ".join(filter(None, [failed.strip(), *said[-1:]]))
        raise StackError(f"sam {arguments[0]} failed: {reason} (see {log})")
