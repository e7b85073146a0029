"""Make the tools that development needs: `python3.13 -m local_stack.set_up [PART ...]`.

Runs before anything is installed, so it imports the standard library only. Each part leaves a stamp
of what it was made from; a second run compares stamps and does nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

from local_stack import building
from local_stack.chromium import HEADLESS_SHELL, find_chromium
from local_stack.failure import StackError
from local_stack.plan import LOCAL, ROOT

UV = "uv==0.13.9"
ENVIRONMENTS = ("emulator", "sam", "checks")
VENV = ROOT / ".venv"
PROVIDER = ROOT / "local/demo_provider"
CLIENTS = ROOT / "tests/clients"


class SetUpError(Exception):
    """Told in one line; the developer can act on it."""


def main() -> int:
    """Make the parts named on the command line, or all that the local stack needs."""
    parts: dict[str, Callable[[], None]] = {
        "tools": make_tools,
        **{name: partial(make_environment, name) for name in ENVIRONMENTS},
        "provider": lambda: make_packages(PROVIDER, "the demo provider"),
        "clients": lambda: make_packages(CLIENTS, "the clients that the tests sign in with"),
        "chromium": find_or_install_chromium,
        "build": make_build,
        "lock": lock,
    }
    wanted = sys.argv[1:] or ["tools", "emulator", "sam", "provider"]
    try:
        make_all([parts[name] for name in wanted])
    except (SetUpError, StackError) as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        print(f"set-up: this failed, see above: {command}", file=sys.stderr)
        return 1
    return 0


def make_all(makers: "list[Callable[[], None]]") -> None:
    """The first one, then all others at once: they wait for networks more than for a processor."""
    first, *others = makers
    first()
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(make) for make in others]
    for made in running:
        made.result()


def make_tools() -> None:
    """`.venv`: what developers run, and this project as an editable install."""
    require_python(sys.version_info.major, sys.version_info.minor)
    lock_file = ROOT / "requirements-dev.txt"
    if not is_made(VENV, [lock_file]):
        say("Installing the developer tools into .venv")
        make_bootstrap()
        uv("pip", "sync", "--quiet", "--require-hashes", "--python", VENV, lock_file)
        make_bootstrap()  # the sync removed what no lock names: uv, and this project
        install_project()
        mark_made(VENV, [lock_file])
    elif not is_made(VENV / "share", [ROOT / "pyproject.toml"]):
        install_project()


def require_python(major: int, minor: int) -> None:
    """Only the version that Lambda runs will do."""
    if (major, minor) != (3, 13):
        raise SetUpError(
            f"needs Python 3.13, this is {major}.{minor}: say make PYTHON=/path/to/python3.13"
        )


def install_project() -> None:
    """Make our import roots known to the tools: one .pth file, nothing copied."""
    uv("pip", "install", "--quiet", "--no-deps", "--python", VENV, "--editable", ROOT)
    (VENV / "share").mkdir(exist_ok=True)
    mark_made(VENV / "share", [ROOT / "pyproject.toml"])


def make_bootstrap() -> None:
    """A virtual environment with pip, which SAM builds with, and uv, which is quick."""
    python = VENV / "bin/python"
    if not python.exists():
        run(sys.executable, "-m", "venv", VENV)
    if not (VENV / "bin/uv").exists():
        has_pip = subprocess.run(
            [python, "-m", "pip", "--version"], capture_output=True, check=False
        )
        if has_pip.returncode:
            run(python, "-m", "ensurepip", quiet=True)
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)


def make_environment(name: str) -> None:
    """`.local/NAME`: a tool in an environment of its own, away from ours and from Lambda's."""
    lock_file = ROOT / f"local/requirements-{name}.txt"
    home = ROOT / ".local" / name
    if is_made(home, [lock_file]):
        return
    say(f"Installing the {name} environment into .local/{name}")
    python = VENV / "bin/python"
    uv("venv", "--quiet", "--clear", "--seed", "--python", python, home)
    uv("pip", "install", "--quiet", "--require-hashes", "--python", home, "-r", lock_file)
    mark_made(home, [lock_file])


def make_packages(folder: Path, what: str) -> None:
    """The npm packages of what is in a folder, from its lock file."""
    lock_file = folder / "package-lock.json"
    modules = folder / "node_modules"
    if is_made(modules, [lock_file]):
        return
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        raise SetUpError(f"needs Node.js 20 or newer with npm: {' and '.join(missing)} not found")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    if int(version.stdout.lstrip("v").split(".")[0]) < 20:
        raise SetUpError(f"needs Node.js 20 or newer, this is {version.stdout.strip()}")
    say(f"Installing {what}")
    run("npm", "ci", "--silent", "--no-fund", "--no-audit", cwd=folder)
    mark_made(modules, [lock_file])


def make_build() -> None:
    """What stacks deploy, and SAM, which builds it; the stacks of tests would wait for each other.

    Raises:
        StackError: SAM could not.
    """
    make_environment("sam")
    if not building.is_current():
        say("Building functions and layers")
    with building.built(LOCAL / "build.log"):
        pass


def find_or_install_chromium() -> None:
    """The browser that tests drive; installed only where that is our job."""
    if find_chromium():
        return
    is_debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if not is_debian or os.geteuid() != 0:
        raise SetUpError("tests drive Chromium: install it, or say CHROMIUM=/path/to/chromium")
    say("Installing Chromium, which the tests drive")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", quiet=True, env=environment)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    run(*install, HEADLESS_SHELL, "fonts-liberation", quiet=True, env=environment)


def lock() -> None:
    """Pin anew all that is installed, with hashes, from the short lists that people write."""
    make_bootstrap()
    layer = ROOT / "layers/dependencies"
    compile_lock(layer / "requirements.in", output=layer / "requirements.txt")
    compile_lock(
        "pyproject.toml", "--group", "dev", layer / "requirements.in",
        "--constraint", layer / "requirements.txt",
        output=ROOT / "requirements-dev.txt",
    )  # fmt: skip
    for name in ENVIRONMENTS:
        source = ROOT / f"local/requirements-{name}.in"
        compile_lock(source, output=ROOT / f"local/requirements-{name}.txt")
    for folder in (PROVIDER, CLIENTS):
        say(f"Pinning {(folder / 'package-lock.json').relative_to(ROOT)}")
        run("npm", "install", "--package-lock-only", "--silent", cwd=folder)


def compile_lock(*sources: str | Path, output: Path) -> None:
    """Write one lock file; it names no index and no path of this machine."""
    relative = [s.relative_to(ROOT) if isinstance(s, Path) else s for s in sources]
    say(f"Pinning {output.relative_to(ROOT)}")
    uv(
        "pip", "compile", "--quiet", "--generate-hashes", "--python-version", "3.13", "--universal",
        "--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock",
        *relative, "--output-file", output.relative_to(ROOT),
    )  # fmt: skip


def digest(sources: list[Path]) -> str:
    """What an installation depends on: its sources and the interpreter."""
    content = b"".join(source.read_bytes() for source in sources) + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def is_made(home: Path, sources: list[Path]) -> bool:
    """Whether `home` was made from exactly these sources."""
    for source in sources:
        if not source.exists():
            raise SetUpError(f"{source.relative_to(ROOT)} is missing: run make lock")
    stamp = home / ".made-from"
    return stamp.exists() and stamp.read_text() == digest(sources)


def mark_made(home: Path, sources: list[Path]) -> None:
    """Remember what `home` was made from."""
    (home / ".made-from").write_text(digest(sources))


def uv(*arguments: str | Path) -> None:
    """Run the pinned uv."""
    run(VENV / "bin/uv", *arguments)


def run(
    *command: str | Path,
    cwd: Path = ROOT,
    quiet: bool = False,
    env: dict[str, str] | None = None,
) -> None:
    """Run a command to its end."""
    output = subprocess.DEVNULL if quiet else None
    subprocess.run(command, cwd=cwd, env=env, stdout=output, check=True)


def say(line: str) -> None:
    """Tell what takes its time now."""
    print(f"{line} …", flush=True)


if __name__ == "__main__":
    sys.exit(main())
