"""The page for a person whose organisation is not known yet: the work e-mail, or a choice.

Works without JavaScript: its form and its links lead back to /oauth2/authorize with what the
application asked, and the hint that was missing.
"""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from authorize.handover import FORGET, NAMES, PASSWORDS, cognito_url, without
from authorize.remembered import Offer
from authsso.config import Config
from authsso.model import Connection
from authsso.providers import PROFILES
from authsso.web import pages
from authsso.web.pages import Paper

_HINTS = (*NAMES, "login_hint")


def email_page(  # noqa: PLR0913 - what the page shows
    config: Config,
    paper: Paper,
    parameters: Mapping[str, str],
    *,
    mistyped: bool,
    offer: Offer | None,
    cookies: Sequence[Cookie] = (),
) -> Response[str]:
    """Ask for the work e-mail.

    Args:
        config: Of the deployment.
        paper: Brand and language.
        parameters: Of the request; all but the hints go round through the form.
        mistyped: What was typed before is no address.
        offer: The organisation that this browser remembers, None when there is none.
        cookies: To be set or removed.
    """
    say = paper.texts.say
    content = (
        (_offer(paper, parameters, offer) if offer else "")
        + _form(paper, parameters, mistyped=mistyped, is_first=offer is None)
        + _aside(say("sign_in.password"), _password_url(config, parameters))
    )
    if offer is None:
        content = f'<p class="soft">{escape(say("sign_in.explanation"))}</p>\n{content}'
    title = say("sign_in.title", product=config.product_name)
    return _show(config, paper, title, content, cookies)


def choose_page(
    config: Config,
    paper: Paper,
    parameters: Mapping[str, str],
    connections: Sequence[Connection],
) -> Response[str]:
    """Let the person choose between several connections of the organisation."""
    say = paper.texts.say
    links = "".join(
        _link(
            say("sign_in.with", name=PROFILES[connection.provider].name),
            _to(parameters, connection.connection_id),
        )
        for connection in connections
    )
    return _show(
        config,
        paper,
        say("sign_in.choose"),
        f'<p class="soft">{escape(say("sign_in.choose_explanation"))}</p>\n{links}'
        + _aside(say("sign_in.back"), _here(without(parameters, *_HINTS))),
    )


def _password_url(config: Config, parameters: Mapping[str, str]) -> str:
    return cognito_url(config, without(parameters, *_HINTS), PASSWORDS)


def _form(paper: Paper, parameters: Mapping[str, str], *, mistyped: bool, is_first: bool) -> str:
    say = paper.texts.say
    kept = without(parameters, "login_hint", "idp_identifier")
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n'
        for name, value in kept.items()
    )
    notice = (
        f'<p id="notice" role="alert">{escape(say("sign_in.mistyped"))}</p>\n' if mistyped else ""
    )
    marked = ' aria-invalid="true" aria-describedby="notice"' if mistyped else ""
    focused = " autofocus" if is_first or mistyped else ""
    typed = escape(parameters.get("login_hint", "")) if mistyped else ""
    weight = "" if is_first else ' class="quiet"'
    return f"""<form method="get" action="/oauth2/authorize">
{hidden}{notice}<label for="login_hint">{escape(say("sign_in.email"))}</label>
<input id="login_hint" name="login_hint" type="email" autocomplete="username" required{focused}
 maxlength="320" placeholder="{escape(say("sign_in.example"))}" value="{typed}"{marked}>
<button type="submit"{weight}>{escape(say("sign_in.continue"))}</button>
</form>
"""


def _offer(paper: Paper, parameters: Mapping[str, str], offer: Offer) -> str:
    say = paper.texts.say
    forget = _here({**parameters, FORGET: "1"})
    return (
        f'<p class="soft">{escape(say("sign_in.last_time"))}</p>\n'
        + _link(say("sign_in.with", name=offer.name), _to(parameters, offer.connection_id))
        + _aside(say("sign_in.forget", name=offer.name), forget)
        + f'<p class="or">{escape(say("sign_in.other"))}</p>\n'
    )


def _link(text: str, url: str) -> str:
    return f'<a class="button" href="{escape(url)}">{escape(text)}</a>\n'


def _aside(text: str, url: str) -> str:
    return f'<p class="aside"><a href="{escape(url)}">{escape(text)}</a></p>\n'


def _to(parameters: Mapping[str, str], connection_id: str) -> str:
    return _here({**without(parameters, *NAMES), "identity_provider": connection_id})


def _here(parameters: Mapping[str, str]) -> str:
    return f"/oauth2/authorize?{urlencode(parameters)}"


def _show(
    config: Config, paper: Paper, title: str, content: str, cookies: Sequence[Cookie] = ()
) -> Response[str]:
    # Chromium holds the redirect that follows a form to form-action as well: the provider's.
    form_action = "'self' https:" + (" http:" if config.allow_loopback else "")
    return pages.show(paper, title, content, form_action=form_action, cookies=cookies)
