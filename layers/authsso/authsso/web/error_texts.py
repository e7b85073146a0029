"""What a person reads when a sign-in fails: what happened, who must act, what to do.

docs/errors.md lists every code; tests/test_docs.py holds the two together.
"""

from dataclasses import dataclass

_YOU = "You, by trying again"
_YOU_OR_OPERATOR = "You; for good, the people who run this service"
_APPLICATION = "The people who build the application"
_ADMINISTRATOR = "Your organisation's administrator"
_SERVICE = "Us; the fault has been recorded"
_AGAIN = "Go back to the application and sign in again."
_TELL = "Tell your administrator, with the reference below."


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One failure in plain words."""

    title: str
    explanation: str
    action: str
    who: str


_TEXTS = {
    "unknown_application": ErrorText(
        "This application is not known here",
        "The link that brought you here names an application that we do not know.",
        "Start again from the application itself. If it happens again, tell its makers.",
        _APPLICATION,
    ),
    "unregistered_redirect_uri": ErrorText(
        "The application's return address is not registered",
        "For your safety we send people only to addresses that the application has registered.",
        "Developers: add the exact redirect URI to the app client's callback URLs in Cognito.",
        _APPLICATION,
    ),
    "unregistered_logout_uri": ErrorText(
        "The application's address after signing out is not registered",
        "For your safety we send people only to addresses that the application has registered. You "
        "may not be signed out.",
        "Close the browser to be safe. Developers: add the exact logout_uri to the app client's "
        "sign-out URLs in Cognito.",
        _APPLICATION,
    ),
    "malformed_request": ErrorText(
        "We could not read this request",
        "Its address or form is damaged, or carries the same field twice.",
        _AGAIN,
        _YOU,
    ),
    "sign_in_unknown": ErrorText(
        "This sign-in is over",
        "It has been used already, or it was never begun here. Each one works once.",
        _AGAIN,
        _YOU,
    ),
    "test_unknown": ErrorText(
        "This test sign-in cannot be opened",
        "It was opened before, is older than ten minutes, or what it was to try is gone.",
        "Go back to the settings page and start a new test.",
        _YOU,
    ),
    "sign_in_expired": ErrorText(
        "This sign-in took too long",
        "More than ten minutes went by between the start and the end.",
        _AGAIN,
        _YOU,
    ),
    "wrong_browser": ErrorText(
        "This sign-in cannot go on in this browser",
        "It was finished already, was begun in another browser, or our cookie was blocked.",
        "Sign in again from the start in this browser, with cookies allowed. Never finish a "
        "sign-in from a link that somebody sent you.",
        _YOU,
    ),
    "wrong_callback": ErrorText(
        "The answer came to the wrong address",
        "Your organisation's sign-in sent you to an address that belongs to another connection.",
        "Tell your administrator: the redirect URI at the provider must be the one on the "
        "Single Sign-on page.",
        _ADMINISTRATOR,
    ),
    "wrong_response_mode": ErrorText(
        "The answer came in the wrong way",
        "Your organisation's sign-in answered in another form than it was asked for.",
        _AGAIN,
        _ADMINISTRATOR,
    ),
    "issuer_missing": ErrorText(
        "The answer does not say who gave it",
        "Your organisation's sign-in promises to name itself in its answers, and did not.",
        _TELL,
        _ADMINISTRATOR,
    ),
    "issuer_mismatch": ErrorText(
        "The answer came from somebody else",
        "It names another provider than the one you were sent to. We stopped, to be safe.",
        _AGAIN,
        _ADMINISTRATOR,
    ),
    "code_missing": ErrorText(
        "The answer is incomplete",
        "Your organisation's sign-in sent you back without a result.",
        _AGAIN,
        _YOU,
    ),
    "too_many_attempts": ErrorText(
        "Too many attempts",
        "Several codes were tried from here within a few minutes.",
        "Wait ten minutes, then try again with the code in front of you.",
        _YOU,
    ),
    "start_address_unknown": ErrorText(
        "Please start from the application",
        "This link does not say which application it is for, or nobody has told us where that "
        "application begins.",
        "Open the application as you always do, choose to sign in there, and give your work "
        "e-mail. Operators: set ApplicationStartUrls.",
        _YOU_OR_OPERATOR,
    ),
    "no_such_page": ErrorText(
        "There is nothing at this address",
        "The link is wrong or out of date.",
        "Start from the application itself.",
        _YOU,
    ),
    "aws_unavailable": ErrorText(
        "We cannot sign you in at the moment",
        "A part of our own service does not answer.",
        "Wait a minute, then sign in again.",
        _SERVICE,
    ),
    "server_error": ErrorText(
        "Something is wrong on our side",
        "We met a fault that we did not expect.",
        "Wait a minute, then sign in again. If it happens again, ask for help with the reference.",
        _SERVICE,
    ),
}


def text_of(code: str) -> ErrorText:
    """Return the text of a code; one that is not a person's to see reads as our own fault."""
    return _TEXTS.get(code, _TEXTS["server_error"])


def codes() -> frozenset[str]:
    """Return every code that has a text of its own."""
    return frozenset(_TEXTS)
