"""What the page loads: one script, one style sheet and an icon, and how long a browser keeps them.

Each file costs a request to Lambda, so our many small ones travel as one. The address of a file
names the version of all of them together: a browser keeps what it has for a year, and a deployment
is seen at once, without a build step that renames files.
"""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from aws_lambda_powertools.event_handler import Response

from authsso.web import answers
from settings_page import joined

_FOLDER = files("settings_page").joinpath("assets")
# In the order in which they overrule each other.
_STYLES = ("base.css", "layout.css", "controls.css", "parts.css", "traces.css")
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file that the page loads.

    Args:
        content_type: What it is.
        etag: Of its content; weak, since it travels compressed or not (RFC 9110, 8.8.1).
        text: Its content.
    """

    content_type: str
    etag: str
    text: str


def modules() -> dict[str, str]:
    """Return our modules: file names and contents."""
    return {file.name: _text(file.name) for file in _FOLDER.iterdir() if file.name.endswith(".js")}


def _text(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")


def _asset(content_type: str, text: str) -> Asset:
    return Asset(content_type, f'W/"{sha256(text.encode()).hexdigest()[:24]}"', text)


# What is not among these is not served, whatever the address.
ASSETS = {
    "settings.js": _asset("text/javascript; charset=utf-8", joined.script(modules(), "main.js")),
    "settings.css": _asset("text/css; charset=utf-8", "\n".join(map(_text, _STYLES))),
    "icon.svg": _asset("image/svg+xml", _text("icon.svg")),
}
VERSION = sha256("".join(asset.etag for asset in ASSETS.values()).encode()).hexdigest()[:12]


def answer(asset: Asset, *, version: str, seen: str) -> Response[str]:
    """Answer with a file.

    Args:
        asset: The file.
        version: In the address. Another one than ours comes from a page that was loaded just
            before a deployment: it gets what we have, but keeps nothing.
        seen: `If-None-Match`.
    """
    headers = {
        **{name: value for name, value in answers.HEADERS.items() if name != "Pragma"},
        "Cache-Control": _A_YEAR if version == VERSION else "no-store",
        "ETag": asset.etag,
        "Vary": "Accept-Encoding",
    }
    if seen == asset.etag:
        return Response(status_code=304, headers=headers, body=None)  # "" would be compressed
    return Response(
        status_code=200, content_type=asset.content_type, headers=headers, body=asset.text
    )
