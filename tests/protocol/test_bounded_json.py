"""JSON from outside: strict, bounded, quick (G18)."""

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.protocol.bounded_json import MalformedJsonError, parse_object

LIMIT = 262_144
GOOD = b'{"iss": "https://idp.example", "n": 1, "f": 1.5, "list": [true, null], "e": "\\u00e9"}'


def test_a_plain_object_is_read():
    assert parse_object(GOOD, limit=LIMIT) == json.loads(GOOD)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"sub": "a", "sub": "b"}', id="G18-duplicate-member"),
        pytest.param(b'{"a": {"sub": "a", "sub": "b"}}', id="G18-duplicate-member-inside"),
        pytest.param(b'{"sub": "a", "\\u0073ub": "b"}', id="G18-duplicate-member-escaped"),
        pytest.param(b'{"exp": NaN}', id="G18-nan"),
        pytest.param(b'{"exp": Infinity}', id="G18-infinity"),
        pytest.param(b'{"exp": -Infinity}', id="G18-minus-infinity"),
        pytest.param(b'{"exp": 1e999}', id="A82-1e999"),
        pytest.param(b'{"exp": ' + b"9" * 5000 + b"}", id="A82-5000-digits"),
        pytest.param(b'{"exp": 0.' + b"9" * 5000 + b"}", id="G18-5000-decimals"),
        pytest.param(b'{"a": ' * 100_000 + b"1" + b"}" * 100_000, id="G15-too-long"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="G18-depth-100000"),
        pytest.param(b'{"a":' + b"[" * 20 + b"]" * 20 + b"}", id="G18-depth-21"),
        pytest.param(b"[" * 100_000, id="G18-depth-unclosed"),
        pytest.param(b'{"a": "\\ud800"}', id="G18-lone-surrogate"),
        pytest.param(b'{"\\udfff": 1}', id="G18-lone-surrogate-in-name"),
        pytest.param(b'{"a": "\xed\xa0\x80"}', id="G18-surrogate-in-utf8"),
        pytest.param(b"\xef\xbb\xbf{}", id="G18-bom"),
        pytest.param('{"a": 1}'.encode("utf-16"), id="G18-utf16"),
        pytest.param('{"a": 1}'.encode("utf-16-le"), id="G18-utf16-without-bom"),
        pytest.param(b'{"a": "\xff"}', id="G18-not-utf8"),
        pytest.param(b'{"a": "\x00"}', id="control-character"),
        pytest.param(b"[]", id="D03-array"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"text"', id="string"),
        pytest.param(b"", id="empty"),
        pytest.param(b"<html>", id="D03-html"),
        pytest.param(b'{"keys": [', id="J04-truncated"),
        pytest.param(b"{} {}", id="two-objects"),
        pytest.param(b'{"a": 1,}', id="trailing-comma"),
        pytest.param(b"{'a': 1}", id="single-quotes"),
    ],
)
def test_anything_doubtful_is_refused(data):
    with pytest.raises(MalformedJsonError):
        parse_object(data, limit=LIMIT)


def test_the_message_never_quotes_the_input():
    with pytest.raises(MalformedJsonError) as caught:
        parse_object(b'{"access_token": "s3cret" oops', limit=LIMIT)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'"\\' * 130_000, id="G22-quote-backslash"),
        pytest.param(b'{"' + b'\\"' * 130_000, id="G22-escaped-quotes"),
        pytest.param(b"{}[]" * 65_000, id="G22-brackets"),
    ],
)
def test_crafted_input_costs_linear_time(data):
    began = time.perf_counter()
    with pytest.raises(MalformedJsonError):
        parse_object(data, limit=LIMIT)
    assert time.perf_counter() - began < 0.25


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(data):
    with contextlib.suppress(MalformedJsonError):
        assert isinstance(parse_object(data, limit=LIMIT), dict)


_leaf = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=20)
_value = st.recursive(
    _leaf,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=8), _value, max_size=4), st.booleans())
def test_what_was_written_is_what_is_read(members, ascii_only):
    data = json.dumps(members, ensure_ascii=ascii_only).encode()
    assert parse_object(data, limit=LIMIT) == members
