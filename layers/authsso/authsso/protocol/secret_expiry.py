"""The day on which a client secret stops working, as the administrator copied it."""

from authsso.errors import FieldError
from authsso.protocol import iso_date


def mistakes(expires_on: str | None, *, is_new: bool, now: int) -> list[FieldError]:
    """Judge the date that was typed.

    Args:
        expires_on: ISO date, or None.
        is_new: Whether it comes with a new secret, which cannot have expired already.
        now: Seconds since the epoch.
    """
    if expires_on is None:
        return []
    try:
        is_over = iso_date.days_left(expires_on, now) < 0
    except ValueError:
        return [_mistake("malformed", "This is not a date.", "Write year-month-day: 2027-03-31.")]
    if is_over and is_new:
        return [
            _mistake(
                "past",
                "This day has passed; the secret would not work.",
                "Copy the expiry date that your provider shows, or create a new secret.",
            )
        ]
    return []


def _mistake(code: str, message: str, fix: str) -> FieldError:
    return FieldError("secret_expires_on", f"secret_expires_on_{code}", message, fix)
