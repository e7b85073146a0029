"""Let a service of AWS be out for the deployed functions (local/emulator/outages.py)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import httpx

from harness.no_tls import NO_TLS
from local_stack.record import Stack

type Service = Literal["dynamodb", "cognito-idp", "secretsmanager"]


@contextmanager
def outage(stack: Stack, service: Service, answer: Literal["throttled", "down"]) -> Iterator[None]:
    """Let every call of the functions to a service be refused in here."""
    url = f"{stack.aws_endpoint_url}/_outages/{service}"
    httpx.put(url, params={"answer": answer}, verify=NO_TLS).raise_for_status()
    try:
        yield
    finally:
        httpx.delete(url, verify=NO_TLS).raise_for_status()
