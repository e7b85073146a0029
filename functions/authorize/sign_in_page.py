"""The page for a person whose organisation is not known yet: the work e-mail, or a choice.

Works without JavaScript: its form and its links lead back to /oauth2/authorize with what the
application asked, and the hint that was missing.
"""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from authsso.config import Config
from authsso.model import Connection
from authsso.providers import PROFILES
from authsso.web import answers, pages

_HINTS = ("identity_provider", "idp_identifier", "login_hint")


def email_page(config: Config, parameters: Mapping[str, str], *, mistyped: bool) -> Response[str]:
    """Ask for the work e-mail.

    Args:
        config: Of the deployment.
        parameters: Of the request; all but the hints go round through the form.
        mistyped: What was typed before is no address.
    """
    kept = {n: v for n, v in parameters.items() if n not in ("login_hint", "idp_identifier")}
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n'
        for name, value in kept.items()
    )
    notice = (
        '<p id="notice" role="alert">Please type your whole work e-mail address, such as '
        "ada@example.com.</p>\n"
        if mistyped
        else ""
    )
    return _show(
        config,
        f"Sign in to {config.product_name}",
        f"""<form method="get" action="/oauth2/authorize">
{hidden}{notice}<label for="login_hint">Work e-mail</label>
<input id="login_hint" name="login_hint" type="email" autocomplete="username" required autofocus
 maxlength="320" value="{escape(parameters.get("login_hint", "")) if mistyped else ""}"
 {'aria-invalid="true" aria-describedby="notice"' if mistyped else ""}>
<button type="submit">Continue</button>
</form>
{_password_link(config, parameters)}""",
    )


def choose_page(
    config: Config, parameters: Mapping[str, str], connections: Sequence[Connection]
) -> Response[str]:
    """Let the person choose between several connections of the organisation."""
    links = "\n".join(
        f'<a class="button" href="{escape(_with(parameters, connection))}">'
        f"Continue with {escape(PROFILES[connection.provider].name)}</a>"
        for connection in connections
    )
    return _show(
        config,
        "How do you want to sign in?",
        f'<p class="soft">Your organisation offers more than one way.</p>\n{links}',
    )


def password_url(config: Config, parameters: Mapping[str, str]) -> str:
    """Return Cognito's own page for people with a password, with what the application asked."""
    kept = {n: v for n, v in parameters.items() if n not in ("identity_provider", "idp_identifier")}
    query = urlencode({**kept, "identity_provider": "COGNITO"})
    return f"{config.cognito_domain_url}/oauth2/authorize?{query}"


def _with(parameters: Mapping[str, str], connection: Connection) -> str:
    kept = {n: v for n, v in parameters.items() if n not in ("identity_provider", "idp_identifier")}
    query = urlencode({**kept, "identity_provider": connection.connection_id})
    return f"/oauth2/authorize?{query}"


def _password_link(config: Config, parameters: Mapping[str, str]) -> str:
    url = escape(password_url(config, {n: v for n, v in parameters.items() if n not in _HINTS}))
    return f'<a class="button quiet" href="{url}">Sign in with a password instead</a>'


def _show(config: Config, title: str, content: str) -> Response[str]:
    # Chromium holds the redirect that follows a form to form-action as well: the provider's.
    form_action = "'self' https:" + (" http:" if config.allow_loopback else "")
    return answers.page(200, pages.plain(title, content), pages.policy(form_action))
