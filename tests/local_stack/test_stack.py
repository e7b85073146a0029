"""Situations in which a stack cannot be started, or must not be: one line, and nothing is left."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local_stack import building, people, processes, record, stack
from local_stack.certificate import CertificateFiles
from local_stack.failure import StackError
from local_stack.plan import HOST, Ports
from local_stack.sam import aws_environment

OUTPUTS = {"UserPoolId": "p", "ApplicationClientId": "a", "SettingsClientId": "s"}
PORTS = Ports(4801, 4802, 4803, 4804)


def described(run_dir):
    files = CertificateFiles(run_dir / "certificate.pem", run_dir / "certificate.key")
    return record.describe(run_dir, PORTS, files, OUTPUTS, people.demo_tenants(PORTS))


def sleeper(name, run_dir):
    return processes.start(
        name,
        [sys.executable, "-c", "import time; time.sleep(60)"],
        run_dir=run_dir,
        environment={},
        working_directory=Path.cwd(),
    )


def command(*arguments):
    line = [sys.executable, "-m", "local_stack", *arguments]
    return subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603


def test_a_record_reads_back_as_it_was(tmp_path):
    written = described(tmp_path)

    written.save(tmp_path / record.FILE_NAME)

    assert record.load(tmp_path / record.FILE_NAME) == written


def test_a_record_is_nobody_elses_to_read(tmp_path):
    described(tmp_path).save(tmp_path / record.FILE_NAME)

    assert (tmp_path / record.FILE_NAME).stat().st_mode & 0o077 == 0


def test_no_record_is_no_stack(tmp_path):
    with pytest.raises(StackError, match="no stack is up here"):
        record.load(tmp_path / record.FILE_NAME)


def test_a_record_of_another_version_is_told(tmp_path):
    (tmp_path / record.FILE_NAME).write_text('{"run_dir": "/elsewhere"}')

    with pytest.raises(StackError, match="is of another version"):
        record.load(tmp_path / record.FILE_NAME)


def test_a_record_of_another_version_can_be_forgotten(tmp_path):
    path = tmp_path / record.FILE_NAME
    path.write_text('{"run_dir": "/elsewhere"}')

    record.forget(path, tmp_path)
    assert path.exists()
    record.forget(path, Path("/elsewhere"))
    assert not path.exists()


def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(StackError, match=f"port {port} is taken.*PORT="):
            stack.up(tmp_path, port)


def test_one_that_is_up_already_is_left_alone(tmp_path):
    services = [sleeper(name, tmp_path) for name in stack.SERVICES]
    described(tmp_path).save(tmp_path / record.FILE_NAME)

    with pytest.raises(StackError, match=r"already up at http://authsso\.localhost:4801"):
        stack.up(tmp_path, 4801)

    assert all(service.is_running() for service in services)
    assert stack.down(tmp_path)
    assert not any(service.is_running() for service in services)


def test_one_that_is_being_started_is_left_alone(tmp_path):
    keeper = sleeper(stack.KEEPER, tmp_path)

    with pytest.raises(StackError, match=f"process {keeper.pid} is starting a stack"):
        stack.up(tmp_path, 4801)

    processes.stop(keeper, tmp_path)


def test_left_overs_are_stopped_first(tmp_path):
    left_over = sleeper("emulator", tmp_path)
    said = []
    with socket.socket() as taken:  # so that it goes no further
        taken.bind((HOST, 0))
        taken.listen()

        with pytest.raises(StackError, match="is taken"):
            stack.up(tmp_path, taken.getsockname()[1], say=said.append)

    assert said == [f"Stopping a left-over emulator (process {left_over.pid})"]
    assert not left_over.is_running()


def test_half_a_stack_is_no_stack(tmp_path):
    emulator = sleeper("emulator", tmp_path)
    described(tmp_path).save(tmp_path / record.FILE_NAME)

    assert stack.find(tmp_path) is None

    processes.stop(emulator, tmp_path)


def test_free_ports_differ():
    ports = Ports.free()

    assert len({ports.stack, ports.provider, ports.application, ports.secure}) == 4


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["status"], "local stack: nothing runs here; make up starts a stack"),
        (["logs"], "local stack: nothing runs here; make up starts a stack"),
    ],
)
def test_the_command_line_says_what_is_wrong_in_one_line(tmp_path, arguments, line):
    done = command(*arguments, "--run-dir", tmp_path)

    assert done.returncode == 1
    assert done.stderr == f"{line}\n"


def test_nothing_to_stop_is_no_mistake(tmp_path):
    done = command("down", "--run-dir", tmp_path)

    assert (done.returncode, done.stdout) == (0, "Nothing was running.\n")


@pytest.mark.parametrize("port", ["x", "80", "65533"])
def test_a_port_must_be_one(port):
    done = command("status", "--port", port)

    assert done.returncode == 2
    assert "is not a port" in done.stderr


@pytest.fixture
def project(tmp_path):
    (tmp_path / "functions/one").mkdir(parents=True)
    (tmp_path / "layers").mkdir()
    (tmp_path / "template.yaml").write_text("a")
    (tmp_path / "functions/one/app.py").write_text("b")
    return tmp_path


def test_a_build_depends_on_what_goes_into_it(project):
    before = building.digest_of_inputs(project)

    (project / "functions/one/app.py").write_text("c")

    assert building.digest_of_inputs(project) != before


def test_a_build_does_not_depend_on_compiled_files(project):
    before = building.digest_of_inputs(project)

    (project / "functions/one/__pycache__").mkdir()
    (project / "functions/one/__pycache__/app.pyc").write_text("c")

    assert building.digest_of_inputs(project) == before


def test_nobody_of_the_demo_has_an_address_as_username():
    for tenant in people.demo_tenants(PORTS):
        for person in tenant.people:
            assert "@" not in (person.username or "")


def test_every_registration_is_known_at_its_provider():
    tenants = people.demo_tenants(PORTS)
    realms = {realm["name"]: realm for realm in people.provider_realms(tenants, PORTS)}

    for tenant in tenants:
        for registration in tenant.registrations:
            (client,) = realms[registration.realm]["clients"]
            assert client["client_id"] == registration.client_id
            assert client["client_secret"] == registration.client_secret


def test_the_developers_aws_account_is_out_of_reach(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "production")

    environment = aws_environment(4801)

    assert "AWS_PROFILE" not in environment
    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4801"
    assert environment["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull
