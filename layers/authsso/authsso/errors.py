"""Every error this service raises on purpose.

AuthssoError
├── DisplayedError      show the person our own page: no redirect URI is to be trusted yet
├── RedirectedError     send the browser back to the application with `error`
├── TokenError          answer the caller of the token endpoint in JSON
├── SettingsError       answer the caller of the settings API, field by field
├── ProviderError       the tenant's OpenID Provider failed, or broke the protocol
├── UnavailableError    a service of AWS that we need failed or throttled us; try again
└── TriggerRefusedError Cognito must not go on; the text reaches the person

Anything else that escapes a handler is a bug and is answered as `server_error`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


class AuthssoError(Exception):
    """Base of the errors above. Never raised itself.

    Args:
        code: Stable and documented in docs/errors.md; people and alarms may see it.
        detail: For the log alone. May name a tenant or a URL, never a secret.

    Attributes:
        finding: Code of the finding in findings/ that this is, once it has been recognised; what
            people and applications are told is then said in its words.
        retry_after: Seconds after which the same may be tried again; None: that would not help, or
            is not known.
    """

    finding: str | None = None
    retry_after: int | None = None

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    def to_retry_after(self, seconds: int) -> Self:
        """Return this error, which passes by itself after so many seconds."""
        self.retry_after = seconds
        return self


class DisplayedError(AuthssoError):
    """The request cannot be answered by redirect (RFC 6749, 4.1.2.1).

    Args:
        code: As in AuthssoError.
        detail: As in AuthssoError.
        status: HTTP status of the page.
    """

    def __init__(self, code: str, detail: str = "", *, status: int = 400) -> None:
        super().__init__(code, detail)
        self.status = status


class RedirectedError(AuthssoError):
    """The application hears of it at its redirect URI (RFC 6749, 4.1.2.1).

    Args:
        code: Ours; says what happened.
        detail: As in AuthssoError.
        error: The RFC 6749 code that the application receives.
        description: Fixed text for the application's developer or user, without our code and
            reference, which are added to it.
        redirect_uri: Already proven to be registered by the application.
        state: The application's own, given back byte for byte; None when it sent none.
    """

    def __init__(  # noqa: PLR0913 - what the application is told, word by word
        self,
        code: str,
        detail: str = "",
        *,
        error: str,
        description: str,
        redirect_uri: str,
        state: str | None,
    ) -> None:
        super().__init__(code, detail)
        self.error = error
        self.description = description
        self.redirect_uri = redirect_uri
        self.state = state


class TokenError(AuthssoError):
    """An error answer of the token endpoint (RFC 6749, 5.2).

    Args:
        code: Ours; says what happened.
        detail: As in AuthssoError.
        error: The RFC 6749 code in the JSON answer.
        description: `error_description`; fixed text, no input is repeated.
        status: 400, or 401 for `invalid_client`, or 5xx.
    """

    def __init__(
        self, code: str, detail: str = "", *, error: str, description: str, status: int = 400
    ) -> None:
        super().__init__(code, detail)
        self.error = error
        self.description = description
        self.status = status


class ProviderError(AuthssoError):
    """The OpenID Provider is unreachable, refused us, or answered against the protocol.

    Args:
        code: Ours; says what happened.
        detail: As in AuthssoError. Never a token, code, secret or whole provider text.
        error: The provider's own OAuth error code when it sent one, else None.
        status: HTTP status of the answer that refused us, else None.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        error: str | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(code, detail)
        self.error = error
        self.status = status


class IssuerMismatchError(ProviderError):
    """A discovery document names another issuer than the address that it was found under.

    Args:
        issuer: As the document names it.
        located: The address.
    """

    def __init__(self, issuer: str, located: str) -> None:
        super().__init__("issuer_mismatch", f"{issuer[:200]!r} found under {located!r}")
        self.issuer = issuer


class UnavailableError(AuthssoError):
    """DynamoDB, Secrets Manager or Cognito did not do its part; nothing is assumed done."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One mistake in one field of a settings request (RFC 9457, 3.2 `errors`)."""

    field: str
    code: str
    message: str
    fix: str


class SettingsError(AuthssoError):
    """A settings request that is refused; nothing was changed.

    Args:
        code: Stable code of the problem as a whole.
        detail: As in AuthssoError.
        status: HTTP status: 400, 403, 404, 409, 412, 428.
        title: One sentence for the administrator.
        fields: The mistakes, each with the field and the fix.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        status: int,
        title: str,
        fields: Sequence[FieldError] = (),
    ) -> None:
        super().__init__(code, detail)
        self.status = status
        self.title = title
        self.fields = tuple(fields)


class TriggerRefusedError(AuthssoError):
    """A Cognito trigger refuses. Cognito shows `str(error)` to the caller.

    Args:
        code: Ours; for the log and for alarms.
        message: The sentence that the person or the application sees.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.message = message

    def __str__(self) -> str:
        return self.message
