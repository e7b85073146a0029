"""What the token endpoint answered."""

import base64

INVALID_GRANT = (400, "invalid_grant")


def basic(text):
    return f"Basic {base64.b64encode(text.encode()).decode()}"


def refused(answer):
    """The error, with all that every refusal has in common (E35)."""
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Pragma"] == "no-cache"
    assert set(answer.json) == {"error", "error_description"}
    assert "alert" not in answer.body
    assert answer.cookies == []
    return answer.status, answer.json["error"]
