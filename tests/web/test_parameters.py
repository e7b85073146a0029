"""Each name once, from the one place that the method reads (B14, B15, B34, E32, E34)."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.web.parameters import MalformedRequestError, form, header, query
from harness.http_event import http_event

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def get(raw, **changes):
    return http_event("GET", "/x", query=raw) | changes


def post(body, *, content_type=FORM["Content-Type"], raw_query=""):
    return http_event(
        "POST", "/x", body=body, query=raw_query, headers={"Content-Type": content_type}
    )


MALFORMED = [
    pytest.param("a=1&a=2", id="B14-twice"),
    pytest.param("a=1&a=1", id="B14-twice-the-same"),
    pytest.param("a=1&%61=2", id="B14-twice-in-two-spellings"),
    pytest.param("a=1&a", id="B14-twice-once-empty"),
    pytest.param("a=%zz", id="B34-bad-percent"),
    pytest.param("a=%", id="B34-lone-percent"),
    pytest.param("a=%4", id="B34-half-a-percent"),
    pytest.param("a=%ff", id="B34-not-utf8"),
    pytest.param("a=%c0%af", id="B34-overlong"),
    pytest.param("a=%ed%a0%80", id="B34-surrogate"),
    pytest.param("a=\ud800", id="B34-raw-surrogate"),
    pytest.param("a=é", id="B34-raw-letter"),
    pytest.param("a=b c", id="B34-raw-space"),
    pytest.param("a=%00", id="B34-nul"),
    pytest.param("%00=a", id="B34-nul-in-a-name"),
    pytest.param("a=\x00", id="B34-raw-nul"),
    pytest.param("&".join(f"a{n}=1" for n in range(51)), id="B34-fifty-one"),
]


@pytest.mark.parametrize("text", [*MALFORMED, pytest.param("a=" + "x" * 16_384, id="B34-long")])
def test_a_query_that_no_honest_client_sends__K14(text):
    with pytest.raises(MalformedRequestError):
        query(get(text))


@pytest.mark.parametrize("text", [*MALFORMED, pytest.param("a=" + "x" * 65_536, id="B34-long")])
def test_a_form_that_no_honest_client_sends(text):
    with pytest.raises(MalformedRequestError):
        form(post(text))


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(get("a=1", body="b=2"), id="B15-get-with-a-body"),
    ],
)
def test_a_query_comes_without_a_body(event):
    with pytest.raises(MalformedRequestError):
        query(event)


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(post("a=1", raw_query="b=2"), id="B15-query-beside-the-form"),
        pytest.param(post("a=1", raw_query="a=1"), id="B14-one-in-each"),
        pytest.param(post('{"a": 1}', content_type="application/json"), id="E34-json"),
        pytest.param(post("a=1", content_type="text/plain"), id="E34-text"),
        pytest.param(post("a=1", content_type=""), id="E34-no-type"),
        pytest.param(post("a=1", content_type="multipart/form-data"), id="E34-multipart"),
        pytest.param(post("a=1") | {"body": "###", "isBase64Encoded": True}, id="B34-not-base64"),
        pytest.param(
            post("a=1") | {"body": "é", "isBase64Encoded": True}, id="B34-base64-not-ascii"
        ),
        pytest.param(post(b"a=\xff"), id="B34-body-not-utf8"),
        pytest.param(post(b"a=" + b"x" * 65_536), id="B34-long-base64"),
        pytest.param(post("x" * 10_000_000), id="B34-ten-megabytes"),
    ],
)
def test_a_form_comes_alone_and_as_a_form(event):
    with pytest.raises(MalformedRequestError):
        form(event)


GOOD = [
    pytest.param("", {}, id="nothing"),
    pytest.param("a=1&b=2", {"a": "1", "b": "2"}, id="two"),
    pytest.param("a=1,2", {"a": "1,2"}, id="B14-a-comma-joins-nothing"),
    pytest.param("a=1;b=2", {"a": "1;b=2"}, id="a-semicolon-separates-nothing"),
    pytest.param("a=x%26b%3D2", {"a": "x&b=2"}, id="an-encoded-ampersand-either"),
    pytest.param("a=x+y%2B%C3%A9", {"a": "x y+é"}, id="E09-plus-and-percent"),
    pytest.param("a=%2541", {"a": "%41"}, id="decoded-once"),
    pytest.param("a", {"a": ""}, id="no-value"),
    pytest.param("a=", {"a": ""}, id="empty-value"),
    pytest.param("a=b=c", {"a": "b=c"}, id="equals-in-a-value"),
    pytest.param("a=%F0%9F%98%80", {"a": "😀"}, id="beyond-the-basic-plane"),
]


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_what_is_read(text, expected):
    assert query(get(text)) == expected
    assert form(post(text)) == expected
    assert form(post(text.encode())) == expected


def test_a_content_type_may_have_parameters_and_any_case():
    event = post("a=1", content_type="Application/X-WWW-Form-URLencoded; charset=UTF-8")
    assert form(event) == {"a": "1"}


def test_an_event_without_query_body_or_headers_is_empty():
    assert query({}) == {}
    assert header({"headers": None}, "x") == ""


@settings(max_examples=100)
@given(st.text(max_size=60), st.binary(max_size=60), st.booleans())
def test_whatever_comes_it_is_read_or_refused(text, data, encoded):
    body = base64.b64encode(data).decode() if encoded else text
    event = post("") | {"body": body, "isBase64Encoded": encoded}
    for read, given_event in ((query, get(text)), (form, event)):
        try:
            parameters = read(given_event)
        except MalformedRequestError:
            continue
        for value in parameters.values():
            value.encode()
