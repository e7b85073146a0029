"""What the functions wrote, which only the emulator's CloudWatch has."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local_stack.deployment import endpoint, session
from local_stack.plan import Ports

FILE_NAME = "functions.log"
# Asked for when something is wrong already: it must not make things worse.
IMPATIENT = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1})


def lines(ports: Ports) -> Iterator[str]:
    """All log lines, function by function, oldest first."""
    logs = session().client("logs", endpoint_url=endpoint(ports), config=IMPATIENT)
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            name = group["logGroupName"]
            found = logs.get_paginator("filter_log_events").paginate(logGroupName=name)
            events = [event for page in found for event in page["events"]]
            for event in sorted(events, key=lambda event: event["timestamp"]):
                yield f"{name}  {event['message'].rstrip()}"


def keep(ports: Ports, run_dir: Path) -> None:
    """Save them beside the other logs, as far as they can be had."""
    with suppress(BotoCoreError, ClientError):
        (run_dir / FILE_NAME).write_text("\n".join(lines(ports)) + "\n")
