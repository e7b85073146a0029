"""A whole stack: up, down, and whether it is up."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from local_stack import (
    building,
    deployment,
    dns_server,
    emulator,
    function_logs,
    processes,
    provider,
    record,
)
from local_stack.certificate import CertificateFiles, make_certificate
from local_stack.failure import StackError
from local_stack.people import demo_tenants, provider_realms
from local_stack.plan import LOCAL, Ports
from local_stack.record import Stack
from local_stack.seed import Seed

type Say = Callable[[str], None]

# What runs for as long as the stack does, and who starts it or keeps it in the foreground.
SERVICES = ("emulator", "dns", "provider")
KEEPER = "keeper"


def up(run_dir: Path, port: int | None = None, *, say: Say = lambda _line: None) -> Stack:
    """Start a stack and return once it can be used.

    Args:
        run_dir: Its own folder; two stacks need two.
        port: The first of its four ports; None chooses any that are free.
        say: Told what happens, line by line.

    Raises:
        StackError: It could not be started; what had been is stopped again.
    """
    run_dir = run_dir.resolve()
    _require_down(run_dir)
    _clear_left_overs(run_dir, say)
    ports = Ports.free() if port is None else Ports.following(port)
    ports.require_free()
    _empty(run_dir)
    processes.remember(KEEPER, os.getpid(), run_dir)
    try:
        return _start(run_dir, ports, say)
    except BaseException:
        down(run_dir)
        raise
    finally:
        processes.forget(KEEPER, run_dir)


def _start(run_dir: Path, ports: Ports, say: Say) -> Stack:
    tenants = demo_tenants(ports)
    certificate = make_certificate(run_dir)
    with _timed("Starting AWS (ministack)", say):
        emulator.start(ports.stack, run_dir)
        dns_server.start(ports.dns, run_dir)
    with ExitStack() as kept:
        with _timed("Building functions and layers (sam build)", say):
            built = kept.enter_context(building.built(run_dir / "build.log"))
        with _timed("Deploying template.yaml (sam deploy)", say):
            outputs = deployment.deploy(built, ports, certificate, run_dir / "deploy.log")
    with _timed("Starting the demo provider and application", say):
        config = _provider_config(ports, certificate, outputs["ApplicationClientId"])
        provider.start({**config, "realms": provider_realms(tenants, ports)}, run_dir)
    with _timed("Making the demo tenants", say):
        try:
            Seed(ports, outputs, run_dir / dns_server.ZONE_FILE).plant(tenants)
        except StackError as error:
            function_logs.keep(ports, run_dir)
            raise StackError(f"{error} (see {run_dir / function_logs.FILE_NAME})") from error
    stack = record.describe(run_dir, ports, certificate, outputs, tenants)
    stack.save(run_dir / record.FILE_NAME)
    return stack


def down(run_dir: Path) -> bool:
    """Stop all that a stack's folder knows of.

    Returns:
        Whether anything was running.
    """
    run_dir = run_dir.resolve()
    running = [process for process in processes.remembered(run_dir) if process.name in SERVICES]
    for process in reversed(running):
        processes.stop(process, run_dir)
    for name in (*SERVICES, KEEPER):
        processes.forget(name, run_dir)
    record.forget(LOCAL / record.FILE_NAME, run_dir)
    (run_dir / record.FILE_NAME).unlink(missing_ok=True)
    # Hundreds of megabytes of unpacked layers, of no use to anybody now.
    shutil.rmtree(run_dir / "emulator", ignore_errors=True)
    return bool(running)


def find(run_dir: Path) -> Stack | None:
    """The stack that runs in this folder, whole and ready, or None."""
    names = {process.name for process in processes.remembered(run_dir)}
    ready = (run_dir / record.FILE_NAME).exists() and names.issuperset(SERVICES)
    return record.load(run_dir / record.FILE_NAME) if ready else None


def _require_down(run_dir: Path) -> None:
    if stack := find(run_dir):
        raise StackError(
            f"the stack is already up at {stack.base_url}; make down "
            f"PORT={stack.ports.stack} stops it"
        )
    keeper = next((p for p in processes.remembered(run_dir) if p.name == KEEPER), None)
    if keeper and keeper.pid != os.getpid():
        raise StackError(
            f"process {keeper.pid} is starting a stack in {run_dir} at this moment; wait for it"
        )


def _clear_left_overs(run_dir: Path, say: Say) -> None:
    for process in processes.remembered(run_dir):
        say(f"Stopping a left-over {process.name} (process {process.pid})")
        processes.stop(process, run_dir)


def _empty(run_dir: Path) -> None:
    shutil.rmtree(run_dir, ignore_errors=True)
    run_dir.mkdir(parents=True)


def _provider_config(
    ports: Ports, certificate: CertificateFiles, client_id: str
) -> dict[str, object]:
    return {
        "port": ports.provider,
        "application": {
            "port": ports.application,
            "base_url": deployment.base_url(ports),
            "client_id": client_id,
            "redirect_uri": deployment.application_url(ports),
            "scope": "openid email profile",
        },
        "https": {
            "port": ports.secure,
            "target_port": ports.stack,
            "certificate": str(certificate.certificate),
            "key": str(certificate.key),
        },
    }


@contextmanager
def _timed(what: str, say: Say) -> Iterator[None]:
    started = time.monotonic()
    say(f"{what} …")
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")
