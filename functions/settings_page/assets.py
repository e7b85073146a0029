"""The page's scripts and styles: which files there are, and how long a browser may keep them.

The address of a file names the version of all of them together. So a browser keeps what it has
for a year, and a deployment is seen at once, without a build step that renames files.
"""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from aws_lambda_powertools.event_handler import Response

from authsso.web import answers

_CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the folder assets.

    Args:
        content_type: By its suffix.
        etag: Of its content; weak, since it travels compressed or not (RFC 9110, 8.8.1).
        text: Its content.
    """

    content_type: str
    etag: str
    text: str


def _read() -> dict[str, Asset]:
    """Read every file there is. What is not among them is not served, whatever the address."""
    found = {}
    for file in sorted(files("settings_page").joinpath("assets").iterdir(), key=lambda f: f.name):
        suffix = file.name[file.name.rfind(".") :]
        if file.is_file() and suffix in _CONTENT_TYPES:
            text = file.read_text(encoding="utf-8")
            etag = f'W/"{sha256(text.encode()).hexdigest()[:24]}"'
            found[file.name] = Asset(_CONTENT_TYPES[suffix], etag, text)
    return found


ASSETS = _read()
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
        return Response(status_code=304, headers=headers, body="")
    return Response(
        status_code=200, content_type=asset.content_type, headers=headers, body=asset.text
    )
