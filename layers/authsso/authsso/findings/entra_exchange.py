"""Microsoft Entra: our own requests, and its troubles. Source: Microsoft's AADSTS errors."""

from authsso.findings.finding import Finding, Sign

_AGAIN = "Sign in again from the application."
_TELL_US = "Nothing is to be changed in Entra. Tell us the reference: the request was ours."

FINDINGS = (
    Finding(
        "entra_code_used",
        "employee",
        "The sign-in was sent twice: the page was loaded again, or the button pressed twice.",
        _AGAIN,
        (Sign(numbers=(54005,)),),
        severity="note",
    ),
    Finding(
        "entra_code_expired",
        "employee",
        "More than about ten minutes went by between Microsoft's page and ours.",
        _AGAIN,
        (Sign(numbers=(70008, 700082)),),
        severity="note",
    ),
    Finding(
        "entra_code_invalid",
        "employee",
        "Microsoft does not know the sign-in's code any more.",
        _AGAIN,
        (Sign(numbers=(70000,)),),
        severity="note",
    ),
    Finding(
        "entra_pkce",
        "employee",
        "The proof that belongs to this sign-in (PKCE) is not the one that it began with, as when "
        "two windows sign in at once.",
        "Sign in again in one window.",
        (Sign(numbers=(501481,)), Sign(numbers=(70000,), phrases=("code_verifier",))),
        severity="note",
    ),
    Finding(
        "entra_redirect_uri_differs",
        "saas",
        "The redirect URI changed between the two steps of the sign-in.",
        _TELL_US,
        (Sign(numbers=(50011, 500112), places=("token",)),),
    ),
    Finding(
        "entra_code_of_other_tenant",
        "administrator",
        "The code was issued by another tenant than the one that it was redeemed at.",
        "Use the Discovery URL with your own Directory (tenant) ID.",
        (Sign(numbers=(700005,)),),
        field="discovery_url",
    ),
    Finding(
        "entra_request_refused",
        "saas",
        "Microsoft could not use our request.",
        _TELL_US,
        (Sign(numbers=(900971, 900144, 900561, 9002313, 9002326, 90014, 700054, 70007, 501491)),),
    ),
    Finding(
        "entra_address_too_long",
        "employee",
        "The address of Microsoft's page became too long.",
        "Clear the cookies of login.microsoftonline.com, then sign in again.",
        (Sign(numbers=(90015,)),),
    ),
    Finding(
        "entra_loop",
        "employee",
        "The browser was sent to Microsoft again and again, and Microsoft stopped it.",
        "Wait a minute, clear the cookies of login.microsoftonline.com, then sign in again.",
        (Sign(numbers=(50196,)),),
    ),
    Finding(
        "entra_transient",
        "nobody",
        "Microsoft has a fault that passes by itself.",
        "Try again in a few minutes; https://status.cloud.microsoft tells of larger ones.",
        (Sign(numbers=(90033,)),),
        severity="warning",
    ),
    Finding(
        "entra_throttled",
        "nobody",
        "Microsoft gets too many requests for this tenant at the moment.",
        "Try again in a few minutes.",
        (
            Sign(numbers=(90055,)),
            Sign(statuses=(429,), places=("token", "client_check"), providers=("azure",)),
            Sign(codes=("provider_unavailable",), statuses=(429,), providers=("azure",)),
        ),
        severity="warning",
    ),
)
