"""Coverage-guided fuzzing of every parser of outside input: `make fuzz SECONDS=60`.

Each parser runs in a process of its own, since libFuzzer ends the process it runs in. Needs
atheris (requirements-fuzz.txt), which `make test` does without.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_UNITS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
_COVERED = re.compile(r"cov: (\d+)")


def fuzz(name: str, arguments: list[str]) -> None:
    """Fuzz one parser until libFuzzer's limits are reached or something escapes."""
    import atheris  # noqa: PLC0415 - only whoever fuzzes has it

    with atheris.instrument_imports(include=["authsso", "settings_api"]):
        from harness.parsers import refuses  # noqa: PLC0415 - instrumented while it is imported

    def one_input(data: bytes) -> None:
        refuses(name, data)

    os.environ["POWERTOOLS_LOG_LEVEL"] = "CRITICAL"
    atheris.Setup([sys.argv[0], *arguments], one_input)
    atheris.Fuzz()


def seeds(name: str, folder: Path) -> Path:
    """Write down one input that the parser takes, for libFuzzer to begin with."""
    from test_whatever_arrives import GOOD  # noqa: PLC0415 - the fuzzed process does not need it

    folder = folder / name
    folder.mkdir()
    (folder / "good").write_text(json.dumps(GOOD.get(name, {"a": "b"})))
    return folder


def main(seconds: int) -> int:
    """Fuzz each parser for some seconds; print how many inputs were tried."""
    from harness.parsers import PARSERS  # noqa: PLC0415

    total, escaped = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for name in PARSERS:
            done = subprocess.run(  # noqa: S603 - this file
                [
                    sys.executable,
                    __file__,
                    name,
                    str(seeds(name, Path(folder))),
                    f"-max_total_time={seconds}",
                    "-print_final_stats=1",
                    "-max_len=4096",
                    f"-artifact_prefix={folder}/",
                ],
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            log = done.stderr + done.stdout
            units = int((_UNITS.findall(log) or ["0"])[-1])
            covered = (_COVERED.findall(log) or ["?"])[-1]
            total += units
            sys.stdout.write(f"{name:18} {units:>10} inputs, {covered} edges covered\n")
            sys.stdout.flush()
            if done.returncode or not units:
                escaped.append(name)
                sys.stdout.write(log[-3000:])
    sys.stdout.write(f"{total} inputs, {len(escaped)} parsers let something else escape\n")
    return 1 if escaped else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--seconds"]:
        sys.exit(main(int(sys.argv[2])))
    fuzz(sys.argv[1], sys.argv[2:])
