"""`python -m local_stack.compiled`: Python's bytecode into what sam build made.

Lambda's disk is read-only, so every cold start would compile all that it imports, which takes as
long as importing it. The bytecode is for Python 3.13 and for any processor.
"""

import subprocess
import sys
from pathlib import Path

from local_stack.failure import StackError
from local_stack.plan import BUILT


def compile_all(built: Path) -> None:
    """Compile every function and layer.

    Raises:
        StackError: Something in there is no Python.
    """
    for folder in sorted(path for path in built.iterdir() if path.is_dir()):
        mounted = "/opt" if (folder / "python").is_dir() else "/var/task"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "compileall", "-q", "-j", "0"),
                # Zipping changes the times by which Python otherwise tells what is stale.
                *("--invalidation-mode", "unchecked-hash"),
                *("-s", folder, "-p", mounted, folder),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StackError(f"compiling {folder.name} failed: {done.stdout.strip()}")


if __name__ == "__main__":
    compile_all(BUILT)
