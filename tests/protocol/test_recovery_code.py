"""A code survives what people do to it on the way from a printed sheet to the form."""

import re

import pytest

from authsso.protocol.recovery_code import hashed, new_code, normalise

CODE = new_code("a token of 256 bits")


def test_it_is_seven_groups_of_four_letters_that_look_unlike_each_other():
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", CODE)


def test_it_carries_at_least_128_bits():
    assert len(CODE.replace("-", "")) * 5 >= 128


def test_every_token_makes_another_code():
    codes = {new_code(str(number)) for number in range(1000)}
    assert len(codes) == 1000
    assert set("".join(codes)) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        CODE.replace("-", " - "),
        CODE.replace("-", "\u2013"),
        f"\ufeff{CODE}".removeprefix("\ufeff"),
        f"  {CODE}\r\n",
        "\t".join(CODE),
    ],
)
def test_what_a_person_types_is_read_as_it_was_spelled(typed):
    assert normalise(typed) == CODE


def test_letters_that_look_like_digits_are_those():
    assert normalise("oil0" * 7) == "-".join(["0110"] * 7)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param(CODE[:-1], id="too-short"),
        pytest.param(CODE + "0", id="too-long"),
        pytest.param("U" * 28, id="letter-outside-the-alphabet"),
        pytest.param("\uff11" * 28, id="full-width-digits"),
        pytest.param("\u0131" * 28, id="letter-that-upper-makes-ascii"),
        pytest.param("A" * 27 + "\x00", id="NUL"),
        pytest.param("A" * 1_000_000, id="a-megabyte"),
        pytest.param("-" * 150 + " " * 100, id="only-what-stands-between"),
    ],
)
def test_what_cannot_be_a_code_is_none(typed):
    assert normalise(typed) is None


def test_the_kept_hash_is_the_same_for_every_spelling_and_not_the_code():
    assert hashed(normalise(CODE.lower()) or "") == hashed(CODE)
    assert re.fullmatch(r"[0-9a-f]{64}", hashed(CODE))
