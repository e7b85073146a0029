"""The result of a check is kept with the version that was checked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from authsso.adapters.evidence_table import Result
from authsso.errors import UnavailableError
from authsso.web.entrypoint import log_refusal
from authsso.web.settings.check_answer import ProbeAnswer

if TYPE_CHECKING:
    from authsso.web.settings.editing import Edit
    from check_connection.subject import Subject


def keep(edit: "Edit", subject: "Subject", probes: Sequence[ProbeAnswer]) -> None:
    """Keep what a check of a saved version found; what is only typed belongs to no version.

    Best effort: the administrator has the answer all the same.

    Args:
        edit: Who checks.
        subject: What was checked.
        probes: What was found.
    """
    if subject.version is None:
        return
    findings = [probe.finding for probe in probes if probe.finding]
    result = Result(
        version=subject.version,
        at=edit.services.now(),
        by=edit.administrator.username,
        passed=all(finding.severity != "error" for finding in findings),
        findings=tuple(finding.code for finding in findings),
    )
    head = subject.connection
    try:
        edit.services.evidence.record_result("check", head.connection_id, result, named=head.named)
    except UnavailableError as error:
        log_refusal(error)
