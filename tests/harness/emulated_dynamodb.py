"""A real DynamoDB API on this machine, for the tests of the tables alone.

ministack is started once for the run, on a free port of the loopback, and stopped by its process
id. Tables are made as template.yaml describes them, so a key that differs there fails here.
"""

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from harness.template import ROOT, resources

_HOST = "127.0.0.1"
_REGION = "eu-central-1"
_HEALTHY_WITHIN_SECONDS = 20
_STOPPED_WITHIN_SECONDS = 10


class EmulatedDynamoDb:
    """The API, and tables in it.

    Args:
        client: As the adapters get it.
    """

    def __init__(self, client: Any) -> None:
        self.client = client

    def new_table(self, resource: str) -> str:
        """Create an empty table as template.yaml describes `resource`; return its name."""
        properties = resources("AWS::DynamoDB::Table")[resource]
        name = f"{resource}-{uuid.uuid4()}"
        shape = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
        self.client.create_table(
            TableName=name, **{key: properties[key] for key in shape if key in properties}
        )
        return name


@pytest.fixture(scope="session")
def dynamodb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedDynamoDb]:
    """DynamoDB, empty, for the whole run."""
    port = _free_port()
    process = _started(port, tmp_path_factory.mktemp("dynamodb"))
    try:
        _wait_until_healthy(process, port)
        client = boto3.client(
            "dynamodb",
            endpoint_url=f"http://{_HOST}:{port}",
            region_name=_REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(max_pool_connections=40, retries={"total_max_attempts": 3}),
        )
        with contextlib.closing(client):
            yield EmulatedDynamoDb(client)
    finally:
        _stop(process)


def _started(port: int, folder: Path) -> subprocess.Popen[bytes]:
    python = os.environ.get("AUTHSSO_EMULATOR_PYTHON") or ROOT / ".local/emulator/bin/python"
    (folder / "tmp").mkdir()
    environment = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "GATEWAY_PORT": str(port),
        "BIND_HOST": _HOST,
        "MINISTACK_REGION": _REGION,
        "AWS_DEFAULT_REGION": _REGION,
        "IOT_MTLS_ENABLED": "0",  # these two would listen on every address
        "SFTP_ENABLED": "0",
        "TMPDIR": str(folder / "tmp"),
        "STATE_DIR": str(folder / "state"),
        "S3_DATA_DIR": str(folder / "s3"),
    }
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own emulator
            [python, "-m", "ministack"],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    give_up_at = time.monotonic() + _HEALTHY_WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        assert process.poll() is None, f"the emulator ended with {process.returncode}"
        with contextlib.suppress(urllib.error.URLError, TimeoutError, ConnectionError):
            url = f"http://{_HOST}:{port}/_ministack/health"
            with urllib.request.urlopen(url, timeout=2):
                return
        time.sleep(0.05)  # a process of its own: there is nothing to wait on
    raise AssertionError("the emulator did not answer")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOPPED_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
