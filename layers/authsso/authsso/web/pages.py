"""Pages that people meet: filled from templates, escaped, with a policy that fits each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from authsso.texts.catalogue import Texts
from authsso.web import answers
from authsso.web.brand import Brand, hash_source
from authsso.web.error_texts import ErrorText

_OURS = files("authsso.web")
_PAGE = Template(_OURS.joinpath("page.html").read_text(encoding="utf-8"))
_ERROR_PAGE = Template(_OURS.joinpath("error_page.html").read_text(encoding="utf-8"))
# Only makes copying the reference easier; by hand it can be marked and copied as well.
SCRIPT = _OURS.joinpath("copy_reference.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Paper:
    """What every page is written on: the brand, and the language of the person."""

    brand: Brand
    texts: Texts


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A failure as a person meets it.

    Args:
        text: What happened, who must act, what to do.
        code: One of ours, documented in docs/errors.md.
        reference: Short; stands in the log too.
        support_url: The way to help, or empty.
        again_url: Where the same can be tried again; empty for this very address, None for none.
        start_url: Where a new sign-in begins, or None. Of our own configuration, as `again_url`
            is of our own making: nothing in a request may lead people elsewhere.
    """

    text: ErrorText
    code: str
    reference: str
    support_url: str = ""
    again_url: str | None = None
    start_url: str | None = None


def policy(brand: Brand, form_action: str = "'none'", script: str = "") -> str:
    """Return the Content-Security-Policy of a page: our style sheet, no frame, no script but ours.

    Args:
        brand: Of the page.
        form_action: Where its forms may lead. Chromium holds redirects after a form to it too.
        script: The one that may run.
    """
    allowed = f"script-src '{hash_source(script)}'; " if script else ""
    return (
        f"default-src 'none'; {allowed}{brand.sources}; base-uri 'none'; "
        f"form-action {form_action}; frame-ancestors 'none'"
    )


def fill(template: Template, values: Mapping[str, str], markup: Mapping[str, str]) -> str:
    """Fill a template.

    Args:
        template: Of a page or a part of one.
        values: Text from anywhere; escaped here.
        markup: HTML of our own making, put in as it is.
    """
    safe = {name: escape(value) for name, value in values.items()}
    return template.substitute({**safe, **markup})


def show(  # noqa: PLR0913 - what a page has
    paper: Paper,
    title: str,
    content: str,
    *,
    status: int = 200,
    form_action: str = "'none'",
    script: str = "",
    cookies: Sequence[Cookie] = (),
) -> Response[str]:
    """Show a page of one heading and what stands under it.

    Args:
        paper: Brand and language.
        title: Text; the heading too.
        content: HTML of our own making, everything from outside escaped.
        status: HTTP status.
        form_action: As in `policy`.
        script: As in `policy`.
        cookies: To be set or removed.
    """
    brand = paper.brand
    html = fill(
        _PAGE,
        {"language": paper.texts.language, "title": title},
        {
            "style": brand.style,
            "script": f'<script type="module">{script}</script>\n' if script else "",
            "logo": _logo(brand),
            "content": content,
        },
    )
    return answers.page(
        status,
        html,
        policy(brand, form_action, script),
        cookies,
        language=paper.texts.language,
    )


def error_page(
    paper: Paper, status: int, page: ErrorPage, cookies: Sequence[Cookie] = ()
) -> Response[str]:
    """Show what happened, who must act, what to do, and a reference that finds the log line.

    Args:
        paper: Brand and language.
        status: HTTP status.
        page: What it says.
        cookies: To be set; those that are worth nothing any more are removed.
    """
    say = paper.texts.say
    content = fill(
        _ERROR_PAGE,
        {
            "explanation": page.text.explanation,
            "action": page.text.action,
            "who": page.text.who,
            "reference": page.reference,
            "code": page.code,
            "what_to_do": say("error.what_to_do"),
            "who_label": say("error.who"),
            "reference_label": say("error.reference"),
            "code_label": say("error.code"),
            "copy": say("error.copy"),
            "copy_reference": say("error.copy_reference"),
            "copied": say("error.copied"),
            "not_copied": say("error.not_copied"),
        },
        {"links": _links(paper.texts, page)},
    )
    return show(paper, page.text.title, content, status=status, script=SCRIPT, cookies=cookies)


def _links(texts: Texts, page: ErrorPage) -> str:
    """An empty address is this page's own, so that nothing of the request is written into it."""
    offered = [
        (page.again_url, "page.again"),
        (page.start_url, "page.start"),
        (page.support_url or None, "page.help"),
    ]
    there = [(url, key) for url, key in offered if url is not None]
    return "".join(
        f'<a class="button{" quiet" if position or key == "page.help" else ""}" '
        f'href="{escape(url)}">{escape(texts.say(key))}</a>\n'
        for position, (url, key) in enumerate(there)
    )


def _logo(brand: Brand) -> str:
    if not brand.logo_url:
        return ""
    return (
        f'<img class="logo" src="{escape(brand.logo_url)}" alt="{escape(brand.product_name)}" '
        'referrerpolicy="no-referrer">\n'
    )
