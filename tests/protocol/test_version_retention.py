"""Which versions and secrets may go: never one that a sign-in under way may need."""

from dataclasses import replace

import pytest

from authsso.model import Connection
from authsso.protocol.version_retention import (
    GOOGLE_SECRET_ID,
    ROTATION_SECONDS,
    collectable,
    has_rotated,
    unneeded_secrets,
)
from harness.providers import metadata, version

NOW = 10_000
HEAD = Connection(
    "t", "azure", "id", live=3, previous=2, last_number=4, revision=9, changed_at=NOW - 600
)
VERSIONS = tuple(version(number, secret_id=f"secret-{number}") for number in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        pytest.param(HEAD, HEAD, {1, 4}, id="nobody names them, for ten minutes"),
        pytest.param(replace(HEAD, changed_at=NOW - 599), HEAD, set(), id="not for ten minutes"),
        pytest.param(
            replace(HEAD, previous=1), replace(HEAD, live=4, previous=3), {2}, id="just unnamed"
        ),
        pytest.param(
            replace(HEAD, draft=4, changed_at=NOW),
            replace(HEAD, draft=1, changed_at=NOW),
            {4},
            id="a replaced draft signs nobody in",
        ),
        pytest.param(
            replace(HEAD, changed_at=NOW),
            replace(HEAD, live=None, previous=None),
            {1, 2, 3, 4},
            id="deleted: no sign-in may finish",
        ),
    ],
)
def test_only_what_nobody_needs_is_thrown_away(before, after, gone):
    found = collectable(VERSIONS, before, after, now=NOW)

    assert {one.number for one in found} == gone


def test_a_secret_goes_with_the_last_version_that_names_it():
    shared = replace(VERSIONS[0], secret_id="secret-3")

    assert unneeded_secrets((shared, *VERSIONS[1:]), (shared, VERSIONS[1])) == {"secret-2"}


def test_the_saas_own_google_secret_is_never_thrown_away():
    google = version(1, secret_id=GOOGLE_SECRET_ID)

    assert unneeded_secrets((google,), (google,)) == frozenset()


RESTED = replace(HEAD, changed_at=NOW - ROTATION_SECONDS)


@pytest.mark.parametrize(
    ("head", "previous", "proven", "expected"),
    [
        pytest.param(RESTED, {}, "secret-3", True, id="I09-the new secret has worked for a day"),
        pytest.param(replace(RESTED, changed_at=NOW), {}, "secret-3", False, id="not for a day"),
        pytest.param(RESTED, {}, None, False, id="it has not been seen to work"),
        pytest.param(RESTED, {}, "secret-2", False, id="the old one was the last to work"),
        pytest.param(RESTED, {"client_id": "x"}, "secret-3", False, id="another client id"),
        pytest.param(
            RESTED, {"metadata": metadata(issuer="https://x")}, "secret-3", False, id="issuer"
        ),
        pytest.param(RESTED, {"secret_id": "secret-3"}, "secret-3", False, id="the same secret"),
        pytest.param(replace(RESTED, previous=None), {}, "secret-3", False, id="no previous"),
    ],
)
def test_a_rotation_ends_once_the_new_secret_has_worked_long_enough(
    head, previous, proven, expected
):
    versions = (replace(VERSIONS[1], **previous), VERSIONS[2])

    assert has_rotated(versions, head, proven_secret=proven, now=NOW) is expected
