"""Whatever colour somebody chooses, everything can be read (WCAG 2.2 AA)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.config import Config, ConfigurationError
from authsso.web import contrast
from authsso.web.brand import CARDS, Brand
from authsso.web.contrast import ENOUGH, ratio
from harness.settings_fakes import ENVIRONMENT

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def test_the_contrast_is_the_one_of_the_specification():
    assert ratio(contrast.BLACK, contrast.WHITE) == pytest.approx(21)
    assert ratio(contrast.parse("#767676"), contrast.WHITE) == pytest.approx(4.54, abs=0.01)
    assert ratio(contrast.WHITE, contrast.parse("#777777")) < ENOUGH


@settings(max_examples=300)
@given(COLOURS)
def test_every_colour_can_be_used(colour):
    assert ratio(contrast.text_on(colour), colour) >= ENOUGH
    for card in CARDS.values():
        assert ratio(contrast.readable(colour, card), card) >= ENOUGH
    assert contrast.parse(contrast.spelled(colour)) == colour


def test_a_colour_that_can_be_read_stays_as_it_is():
    blue = contrast.parse("#0b57d0")
    assert contrast.readable(blue, contrast.WHITE) == blue


def test_the_cards_are_those_of_the_style_sheet():
    style = Brand("Portal").style
    light, dark = re.findall(r"--card: (#[0-9a-f]+)", style)
    assert (light, dark) == ("#fff", contrast.spelled(CARDS["dark"]))


def test_the_default_colours_can_be_read_too():
    style = Brand("Portal").style
    names = {name: re.findall(rf"--{name}: (#\w+)", style) for name in ("accent", "on-accent")}
    for accent, ink in zip(names["accent"], names["on-accent"], strict=True):
        ink = "#ffffff" if ink == "#fff" else ink  # noqa: PLW2901 - spelled in full
        assert ratio(contrast.parse(accent), contrast.parse(ink)) >= ENOUGH


def test_the_button_has_exactly_the_colour():
    style = Brand("Portal", accent_colour="#ffcc00").style
    light, dark = re.findall(r"--accent: #ffcc00; --on-accent: #000000; --link: (#\w+)", style)
    assert (light == "#ffcc00", dark) == (False, "#ffcc00")


@pytest.mark.parametrize(
    ("logo_url", "directive"),
    [
        pytest.param("", None, id="none"),
        pytest.param(
            "https://cdn.example/a/logo.svg?v=1", "img-src https://cdn.example", id="host-alone"
        ),
        pytest.param("https://cdn.example:8443/x", "img-src https://cdn.example:8443", id="port"),
    ],
)
def test_images_come_from_the_logos_host_alone__H16(logo_url, directive):
    directives = Brand("Portal", logo_url).sources.split("; ")
    assert directives[1:] == ([directive] if directive else [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("LOGO_URL", "http://cdn.example/logo.svg", id="not-https"),
        pytest.param("LOGO_URL", "javascript:alert(1)", id="H12-javascript"),
        pytest.param("LOGO_URL", "data:image/svg+xml,x", id="data"),
        pytest.param("LOGO_URL", "https://cdn.example; script-src *", id="H09-ends-the-directive"),
        pytest.param("LOGO_URL", "https://cdn.example/\r\nX: y", id="H12-line"),
        pytest.param("LOGO_URL", 'https://cdn.example/"onerror="x', id="H11-quote"),
        pytest.param("LOGO_URL", "https://user@cdn.example/x", id="user"),
        pytest.param("LOGO_URL", "https://cdn.example/x\n", id="line-at-the-end"),
        pytest.param("ACCENT_COLOUR", "red", id="word"),
        pytest.param("ACCENT_COLOUR", "#fff", id="short"),
        pytest.param("ACCENT_COLOUR", "#ffffff;}", id="H09-ends-the-rule"),
    ],
)
def test_what_could_end_a_policy_or_a_rule_early_is_not_configured(name, value):
    with pytest.raises(ConfigurationError, match=name):
        Config.from_environment({**ENVIRONMENT, name: value})


def test_a_brand_is_configured():
    brand = {"LOGO_URL": "https://cdn.example/logo.svg", "ACCENT_COLOUR": "#FFcc00"}
    made = Brand.of(Config.from_environment({**ENVIRONMENT, **brand}))
    assert (made.logo_url, made.accent_colour) == tuple(brand.values())
