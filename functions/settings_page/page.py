"""The page itself: which files it loads, what it may do, and who may frame it."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from aws_lambda_powertools.event_handler import Response

from authsso.web import answers
from settings_page.assets import VERSION

_TEMPLATE = Template(files("settings_page").joinpath("page.html").read_text(encoding="utf-8"))


def answer(product_name: str, dashboard_origins: Sequence[str]) -> Response[str]:
    """Show the page.

    Args:
        product_name: What the SaaS calls itself.
        dashboard_origins: Who may frame it; nobody when empty.
    """
    html = _TEMPLATE.substitute(product_name=escape(product_name), version=VERSION)
    headers = {**answers.HEADERS, "Content-Security-Policy": policy(dashboard_origins)}
    if dashboard_origins:
        # It knows no list of origins; browsers that know frame-ancestors ignore it anyway.
        del headers["X-Frame-Options"]
    return Response(
        status_code=200, content_type="text/html; charset=utf-8", headers=headers, body=html
    )


def policy(dashboard_origins: Sequence[str]) -> str:
    """Return the Content-Security-Policy: our own files, our own API, no markup made by script."""
    ancestors = " ".join(dashboard_origins) or "'none'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'; "
        f"frame-ancestors {ancestors}"
    )
