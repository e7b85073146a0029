"""Pages that people meet: filled from templates, escaped, with a policy that fits each."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from authsso.web import answers
from authsso.web.error_texts import text_of

_OURS = files("authsso.web")
STYLE = _OURS.joinpath("page.css").read_text()
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
_ERROR_PAGE = Template(_OURS.joinpath("error_page.html").read_text())
_PLAIN_PAGE = Template(_OURS.joinpath("plain_page.html").read_text())


def policy(form_action: str = "'none'") -> str:
    """Return the Content-Security-Policy of a page: our one style sheet, no script, no frame.

    Args:
        form_action: Where its forms may lead. Chromium holds redirects after a form to it too.
    """
    return (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; "
        f"form-action {form_action}; frame-ancestors 'none'"
    )


def fill(template: Template, values: Mapping[str, str], markup: Mapping[str, str]) -> str:
    """Fill a page.

    Args:
        template: Of the page.
        values: Text from anywhere; escaped here.
        markup: HTML of our own making, put in as it is.
    """
    safe = {name: escape(value) for name, value in values.items()}
    return template.substitute({**safe, **markup, "style": STYLE})


def plain(title: str, content: str) -> str:
    """Return a page of one heading and what stands under it.

    Args:
        title: Text; the heading too.
        content: HTML of our own making, everything from outside escaped.
    """
    return fill(_PLAIN_PAGE, {"title": title}, {"content": content})


def error_page(
    status: int, code: str, reference: str, support_url: str, cookies: Sequence[Cookie] = ()
) -> Response[str]:
    """Show what happened, who must act, what to do, and a reference that finds the log line.

    Args:
        status: HTTP status.
        code: One of ours, documented in docs/errors.md.
        reference: Short; stands in the log too.
        support_url: The way to help, or empty.
        cookies: To be set; those that are worth nothing any more are removed.
    """
    text = text_of(code)
    link = f'<p><a href="{escape(support_url)}">Ask for help</a></p>' if support_url else ""
    html = fill(
        _ERROR_PAGE,
        {
            "title": text.title,
            "explanation": text.explanation,
            "action": text.action,
            "who": text.who,
            "reference": reference,
            "code": code,
        },
        {"support": link},
    )
    return answers.page(status, html, policy(), cookies)
