"""What came of a callback: our own page, an error for the application, or a code."""

from authsso.protocol.sign_in import hashed
from harness.sign_in_world import CALLBACK, REQUEST

OUTBOUND = ("client_secrets.", "provider.", "provider_keys.", "users.", "codes.")


def shown(answer):
    """The code on our own page, which is all that happens."""
    assert answer.status >= 400
    assert answer.location == ""
    assert all("Max-Age=0" in cookie for cookie in answer.cookies)
    return answer.body.rpartition("<dt>Error</dt><dd><code>")[2].partition("<")[0]


def told(answer):
    """The error that the application hears."""
    assert answer.status == 303
    assert answer.location.startswith(f"{CALLBACK}?")
    assert "code" not in answer.query
    assert answer.query["state"] == REQUEST["state"]
    return answer.query["error"]


def welcomed(answer):
    assert answer.status == 303, answer.body
    assert answer.query.get("state") == REQUEST["state"], answer.location
    return answer.query["code"]


def went_out(world):
    return [call for call in world.calls if call.startswith(OUTBOUND)]


def record_of(world, answer):
    return world.codes.kept[hashed(welcomed(answer))]
