"""sam build, left out when nothing that goes into it has changed."""

import fcntl
import hashlib
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from local_stack.plan import LOCAL, ROOT
from local_stack.sam import sam

BUILT = ROOT / ".aws-sam/build"
# Inside what sam build empties, so a build for another processor takes it away as well.
STAMP = BUILT / ".built-from"
SOURCES = ("template.yaml", "functions", "layers")


def architecture() -> str:
    """This machine's processor in Lambda's words: wheels of another one cannot be imported."""
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


def build(log: Path) -> bool:
    """Build functions and layers for this machine.

    Returns:
        Whether there was anything to do.

    Raises:
        StackError: SAM could not.
    """
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "build.lock").open("w") as lock:
        # Two stacks that start together must not empty each other's build.
        fcntl.flock(lock, fcntl.LOCK_EX)
        inputs = digest_of_inputs(ROOT)
        if STAMP.exists() and STAMP.read_text() == inputs:
            return False
        sam("build", "--parameter-overrides", f"Architecture={architecture()}", log=log)
        STAMP.write_text(inputs)
        return True


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
