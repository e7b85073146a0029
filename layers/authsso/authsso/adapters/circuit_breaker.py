"""Asks a provider that answers, and leaves one alone that does not (J22, J23; ASVS 13.1.2, 16.5.2).

A function remembers for a minute what it knows about a connection, so that a sign-in whose provider
answers costs no call. Whatever fails here lets the sign-in go on: the circuit saves time and
concurrency, it guards nothing.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from botocore.exceptions import BotoCoreError, ClientError

from authsso.adapters.bounded_cache import BoundedCache
from authsso.adapters.circuit_table import CircuitTable
from authsso.errors import ProviderError
from authsso.protocol import circuit
from authsso.protocol.circuit import CLOSED, PARTS, PAUSE_SECONDS, Part

REMEMBERED_SECONDS = 60
_KEPT = 512

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    paused_until: int
    last_answer: int | None = None


class CircuitBreaker:
    """One circuit for each connection and part.

    Args:
        table: What all functions share.
        now: The clock.
    """

    def __init__(self, table: CircuitTable, *, now: Callable[[], int]) -> None:
        self._table = table
        self._now = now
        self._known: BoundedCache[tuple[str, Part], _Known] = BoundedCache(_KEPT)

    @contextmanager
    def calling(self, connection_id: str, part: Part) -> Iterator[None]:
        """Ask the provider in here, or be told at once that it is left alone.

        Args:
            connection_id: Whose provider.
            part: What it is asked for.

        Raises:
            ProviderError: `provider_paused`; or whatever is raised within.
        """
        known = self._admitted(connection_id, part)
        try:
            yield
        except ProviderError as error:
            if circuit.is_no_answer(error.code):
                self._failed(connection_id, part, known)
            else:
                self._answered(connection_id, part, known)
            raise
        self._answered(connection_id, part, known)

    def _admitted(self, connection_id: str, part: Part) -> _Known:
        now = self._now()
        known = self._known.find((connection_id, part), now=now) or self._read(connection_id, part)
        admission = circuit.admit(known.paused_until, now)
        if admission == "try":
            until = now + PAUSE_SECONDS
            if self._claims(connection_id, part, seen=known.paused_until, until=until):
                return self._keep(connection_id, part, replace(known, paused_until=until))
            # Somebody else tries now, or has tried already.
            known = self._read(connection_id, part)
            admission = circuit.admit(known.paused_until, now)
        if admission == "go":
            return known
        raise ProviderError(
            "provider_paused", f"{connection_id} {part}: until {known.paused_until}"
        )

    def _answered(self, connection_id: str, part: Part, known: _Known) -> None:
        if known.paused_until != CLOSED:
            self._pause(connection_id, part, CLOSED)
            _logger.info("provider_answers_again: %s %s", connection_id, part)
        self._keep(connection_id, part, _Known(CLOSED, self._now()))

    def _failed(self, connection_id: str, part: Part, known: _Known) -> None:
        now = self._now()
        if known.paused_until != CLOSED:
            return  # a trial; the next pause has begun with it
        try:
            failures = self._table.count_failure(connection_id, part, circuit.window_of(now))
        except (BotoCoreError, ClientError):
            _logger.exception("circuit_store_unavailable")
            return
        if circuit.opens(failures, last_answer=known.last_answer, now=now):
            _logger.warning("provider_paused: %s %s", connection_id, part)
            self._pause(connection_id, part, now + PAUSE_SECONDS)
            self._keep(connection_id, part, replace(known, paused_until=now + PAUSE_SECONDS))
        else:
            # Somebody else may have paused it meanwhile: the next one looks.
            self._known.keep((connection_id, part), known, valid_until=now)

    def _read(self, connection_id: str, part: Part) -> _Known:
        try:
            found = self._table.find(connection_id)
        except (BotoCoreError, ClientError):
            _logger.exception("circuit_store_unavailable")
            return _Known(CLOSED)
        for each in PARTS:
            if self._known.find((connection_id, each), now=self._now()) is None or each == part:
                self._keep(connection_id, each, _Known(found[each]))
        return _Known(found[part])

    def _claims(self, connection_id: str, part: Part, *, seen: int, until: int) -> bool:
        try:
            return self._table.claim_trial(connection_id, part, seen=seen, until=until)
        except (BotoCoreError, ClientError):
            _logger.exception("circuit_store_unavailable")
            return True

    def _pause(self, connection_id: str, part: Part, until: int) -> None:
        try:
            self._table.pause(connection_id, part, until=until)
        except (BotoCoreError, ClientError):
            _logger.exception("circuit_store_unavailable")

    def _keep(self, connection_id: str, part: Part, known: _Known) -> _Known:
        valid_until = self._now() + REMEMBERED_SECONDS
        self._known.keep((connection_id, part), known, valid_until=valid_until)
        return known
