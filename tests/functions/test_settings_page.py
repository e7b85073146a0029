"""The settings page's Lambda: the page, its config, its files, and what each is allowed to do."""

import base64
import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import settings_page
from harness.http_event import http_event
from settings_page.app import create_app
from settings_page.assets import ASSETS, VERSION, modules

FOLDER = Path(next(iter(settings_page.__path__))) / "assets"


def get(path, *, headers=None, **config):
    defaults = {
        "settings_page_client_id": "settings-client",
        "dashboard_origins": (),
        "base_url": "https://authsso.saas.example",
        "product_name": "SaaS",
        "logo_url": "",
        "accent_colour": "",
        "support_url": "",
        "application_start_urls": {},
    }
    services = SimpleNamespace(config=SimpleNamespace(**defaults | config))
    answer = create_app(services).resolve(http_event("GET", path, headers=headers), None)
    body = answer["body"]
    if body and answer["isBase64Encoded"]:
        body = gzip.decompress(base64.b64decode(body)).decode()
    return SimpleNamespace(status=answer["statusCode"], headers=answer["headers"], text=body)


def directives(answer):
    policy = answer.headers["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in policy.split("; "))


def test_the_page_runs_our_own_files_only():
    answer = get("/settings")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert directives(answer) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
        "frame-ancestors": "'none'",
    }
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", answer.text)


def test_nobody_frames_the_page_unless_the_dashboard_is_named():
    alone = get("/settings")
    framed = get("/settings", dashboard_origins=("https://a.example", "https://b.example"))

    assert alone.headers["X-Frame-Options"] == "DENY"
    assert "X-Frame-Options" not in framed.headers
    assert directives(framed)["frame-ancestors"] == "https://a.example https://b.example"


def test_the_page_is_never_kept_and_its_text_is_escaped():
    answer = get("/settings", product_name="<b>R&D</b>")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in answer.text
    assert "<b>" not in answer.text


def test_every_file_that_the_page_names_is_there():
    named = re.findall(r'(?:src|href)="(/settings/assets/[^"]+)"', get("/settings").text)

    assert {path.rpartition("/")[2] for path in named} == ASSETS.keys()
    assert {get(path).status for path in named} == {200}


def test_every_style_sheet_is_in_the_one_that_is_served():
    sheets = [file.read_text() for file in FOLDER.glob("*.css")]

    assert all(sheet in ASSETS["settings.css"].text for sheet in sheets)
    assert len(sheets) > 1


def test_the_config_holds_what_the_page_needs_to_sign_in():
    answer = get("/settings/config.json", dashboard_origins=("https://a.example",))

    assert json.loads(answer.text) == {
        "client_id": "settings-client",
        "authorize_url": "https://authsso.saas.example/oauth2/authorize",
        "token_url": "https://authsso.saas.example/oauth2/token",
        "recovery_url": "https://authsso.saas.example/recover",
        "product_name": "SaaS",
        "dashboard_origins": ["https://a.example"],
    }
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        ("settings.js", "text/javascript; charset=utf-8"),
        ("settings.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_a_file_is_kept_for_a_year_under_its_version(file, content_type):
    answer = get(f"/settings/assets/{VERSION}/{file}")

    assert (answer.status, answer.headers["Content-Type"]) == (200, content_type)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Pragma" not in answer.headers
    assert answer.text == ASSETS[file].text


def test_a_file_of_another_version_is_served_but_not_kept():
    answer = get("/settings/assets/000000000000/settings.js")

    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_file_that_the_browser_has_is_304(coding):
    path = f"/settings/assets/{VERSION}/settings.js"
    etag = get(path).headers["ETag"]

    answer = get(path, headers={"If-None-Match": etag, "Accept-Encoding": coding})

    assert (answer.status, answer.text, answer.headers["ETag"]) == (304, None, etag)
    assert "Content-Encoding" not in answer.headers


def test_files_travel_compressed_to_those_who_can_read_it():
    answer = get(f"/settings/assets/{VERSION}/settings.js", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.text == ASSETS["settings.js"].text


@pytest.mark.parametrize(
    "file", ["app.py", "..%2Fapp.py", "../app.py", "page.html", "main.js", "%2e%2e%2fpage.py"]
)
def test_nothing_but_the_listed_files_is_served(file):
    assert get(f"/settings/assets/{VERSION}/{file}").status == 404


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_is_small_and_makes_no_markup_of_text(name):
    text = modules()[name]

    assert text.startswith("// "), "the first line says which question it answers"
    assert len(text.splitlines()) < 200
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b", text)
    assert not re.search(r"from '(?!\./)", text), "our own modules only"
