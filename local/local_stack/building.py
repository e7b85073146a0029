"""sam build, left out when nothing that goes into it has changed."""

import fcntl
import hashlib
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_stack.failure import StackError
from local_stack.plan import BUILT, LOCAL, ROOT
from local_stack.sam import sam

# Inside what sam build empties, so a build for another processor takes it away as well.
STAMP = BUILT / ".built-from"
SOURCES = ("template.yaml", "functions", "layers")


def architecture() -> str:
    """This machine's processor in Lambda's words: wheels of another one cannot be imported."""
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


@contextmanager
def built(log: Path) -> Iterator[Path]:
    """Build functions and layers for this machine, unless what is there was built from the same.

    Yields:
        The folder, which no other stack changes until the caller is done with it.

    Raises:
        StackError: SAM could not.
    """
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_current():
            _build(log)
            STAMP.write_text(digest_of_inputs(ROOT))
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield BUILT


def is_current() -> bool:
    """Whether the last build was made from what is here now."""
    return STAMP.exists() and STAMP.read_text() == digest_of_inputs(ROOT)


def _build(log: Path) -> None:
    sam("build", "--parameter-overrides", f"Architecture={architecture()}", log=log)
    if sys.platform != "linux":
        _make_native(log)


def _make_native(log: Path) -> None:
    """Put this machine's own packages in the place of Lambda's, which the emulator cannot run here.

    SAM always fetches wheels for Linux; elsewhere their compiled parts cannot be imported.
    """
    with log.open("ab") as output:
        done = subprocess.run(
            [
                *(ROOT / ".venv/bin/uv", "pip", "install", "--quiet", "--reinstall"),
                *("--require-hashes", "--python", sys.executable),
                *("--target", BUILT / "DependenciesLayer/python"),
                *("-r", ROOT / "layers/dependencies/requirements.txt"),
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise StackError(f"installing this machine's packages failed; see {log}")


def digest_of_inputs(root: Path) -> str:
    """One number for all that the build reads."""
    digest = hashlib.sha256(f"{architecture()} {sys.version}".encode())
    for path in _input_files(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _input_files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = root / source
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (file for file in found if file.is_file() and "__pycache__" not in file.parts)
