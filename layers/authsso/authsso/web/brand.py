"""What makes our pages look like the product's: its name, its logo, its colour."""

import functools
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Final, Self
from urllib.parse import urlsplit

from authsso.config import Config
from authsso.web import contrast

_STYLE: Final = files("authsso.web").joinpath("page.css").read_text(encoding="utf-8")
# --card in page.css, light and dark: what links stand on.
CARDS: Final = {"light": contrast.WHITE, "dark": contrast.parse("#161b22")}


@dataclass(frozen=True, slots=True)
class Brand:
    """How a page looks.

    Args:
        product_name: What the SaaS calls itself.
        logo_url: An https address, or empty.
        accent_colour: `#rrggbb`, or empty for ours.
    """

    product_name: str
    logo_url: str = ""
    accent_colour: str = ""

    @classmethod
    def of(cls, config: Config) -> Self:
        """Return the brand of a deployment."""
        return cls(config.product_name, config.logo_url, config.accent_colour)

    @property
    def style(self) -> str:
        """The one style sheet, with the colour put in."""
        return _style(self.accent_colour)

    @property
    def sources(self) -> str:
        """The Content-Security-Policy directives that it needs: this style, that host's images."""
        style = f"style-src '{hash_source(self.style)}'"
        if not self.logo_url:
            return style
        url = urlsplit(self.logo_url)
        return f"{style}; img-src {url.scheme}://{url.netloc}"


def hash_source(content: str) -> str:
    """Return how a policy names a style sheet or script by what is in it (CSP 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


@functools.cache
def _style(accent_colour: str) -> str:
    if not accent_colour:
        return _STYLE
    accent = contrast.parse(accent_colour)
    on_accent = contrast.spelled(contrast.text_on(accent))
    light, dark = (
        f"--accent: {accent_colour}; --on-accent: {on_accent}; "
        f"--link: {contrast.spelled(contrast.readable(accent, card))};"
        for card in CARDS.values()
    )
    return (
        f"{_STYLE}:root {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )
