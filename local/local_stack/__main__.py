"""`python -m local_stack up | down | run | status | logs`: what make calls."""

import argparse
import signal
import sys
import time
from pathlib import Path

from local_stack import function_logs, processes, record, stack
from local_stack.failure import StackError
from local_stack.plan import DEFAULT_PORT, LOCAL, default_run_dir
from local_stack.record import Stack

STOPPED_BY_THE_DEVELOPER = 130
# Ctrl-C among them: a shell may have started us with it ignored.
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAskedError(Exception):
    """A signal asks the foreground command to end."""


def main() -> int:
    """Do what the command line says; what goes wrong is one line."""
    arguments = _parser().parse_args()
    run_dir = arguments.run_dir or default_run_dir(arguments.port)
    for number in SIGNALS:
        signal.signal(number, _ask_to_stop)
    try:
        match arguments.command:
            case "up":
                _up(run_dir, arguments.port)
            case "run":
                _run(run_dir, arguments.port)
            case "down":
                _down(run_dir, quiet=arguments.quiet)
            case "status":
                _status(run_dir)
            case "logs":
                _logs(run_dir)
    except StackError as error:
        print(f"local stack: {error}", file=sys.stderr)
        return 1
    except StopAskedError:
        print("\nStopped.")
        return STOPPED_BY_THE_DEVELOPER
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="local_stack", description=__doc__)
    parser.add_argument("command", choices=["up", "down", "run", "status", "logs"])
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="first of four ports")
    parser.add_argument("--run-dir", type=Path, help="its own folder (default: .local/run-PORT)")
    parser.add_argument("--quiet", action="store_true", help="say nothing when nothing runs")
    return parser


def _port(text: str) -> int:
    port = int(text) if text.isdigit() else 0
    if not 1024 <= port <= 65532:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1024 to 65532")
    return port


def _ask_to_stop(_number: int, _frame: object) -> None:
    raise StopAskedError


def _say(line: str) -> None:
    print(line, flush=True)


def _up(run_dir: Path, port: int) -> None:
    running = stack.up(run_dir, port, say=_say)
    running.save(LOCAL / record.FILE_NAME)
    _say(summary(running))
    _say(f"Ready. Stop it with: make down PORT={running.ports.stack}")


def _run(run_dir: Path, port: int) -> None:
    running = stack.up(run_dir, port, say=_say)
    try:
        running.save(LOCAL / record.FILE_NAME)
        _say(summary(running))
        _say("Ready. Ctrl-C stops it.")
        _watch(run_dir)
    except StopAskedError:
        pass  # how it is meant to end
    finally:
        # A second Ctrl-C while things stop would leave some of them behind.
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        _say("\nStopping …")
        stack.down(run_dir)


def _watch(run_dir: Path) -> None:
    while True:
        alive = {process.name for process in processes.remembered(run_dir)}
        for name in stack.SERVICES:
            if name not in alive:
                log = processes.log_file(run_dir, name)
                raise StackError(f"the {name} has ended by itself; see {log}")
        time.sleep(1)


def _down(run_dir: Path, *, quiet: bool) -> None:
    if stack.down(run_dir):
        _say("Stopped.")
    elif not quiet:
        _say("Nothing was running.")


def _status(run_dir: Path) -> None:
    running = stack.find(run_dir)
    if running:
        _say(summary(running))
        return
    left = [process.name for process in processes.remembered(run_dir)]
    if left:
        raise StackError(f"half up: only {' and '.join(left)} runs; make down stops it")
    raise StackError("nothing runs here; make up starts a stack")


def _logs(run_dir: Path) -> None:
    running = stack.find(run_dir)
    if running is None:
        raise StackError("nothing runs here; make up starts a stack")
    for line in function_logs.lines(running.ports):
        _say(line)


def summary(running: Stack) -> str:
    """The addresses and the sign-in to try."""
    rows = [
        ("Application", running.app_redirect_uri),
        ("Settings page", running.settings_page_url),
        ("authsso's API", running.base_url),
        ("  over TLS", f"{running.https_base_url} (trust {running.https_certificate})"),
        ("Provider", f"http://localhost:{running.ports.provider} (mistakes on demand)"),
        ("User pool's API", running.cognito_domain_url),
        ("AWS", f"{running.aws_endpoint_url} (region {running.region}, keys test/test)"),
        ("Logs and pids", running.run_dir),
    ]
    people = [
        (
            f"  {person.email:<24} {person.password:<22} "
            f"{'administrator' if person.is_administrator else 'user'}"
            f"{'' if person.username else ', made by the first sign-in'}"
        )
        for tenant in running.tenants
        for person in tenant.people
    ]
    return "\n".join(
        [
            "",
            *(f"{name:<16} {value}" for name, value in rows),
            "",
            f"Try it: in the application, sign in as {running.demo.user.email} and pick that tile.",
            *people,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
