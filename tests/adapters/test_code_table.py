"""A code becomes one ticket, a ticket is spent once: the fake and DynamoDB (E21-E28, J16)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from authsso.adapters.code_table import CodeTable
from authsso.errors import UnavailableError
from authsso.model import AuthorizationCode
from authsso.protocol.authorization_code import REMEMBERED_SECONDS, Redemption
from authsso.protocol.custom_challenge import LiveTicket, Ticket
from harness.fakes import NOW, FakeCodes

CODE = AuthorizationCode(
    code_hash="a" * 64,
    client_id="portal",
    redirect_uri="https://portal.example/cb",
    code_challenge="c" * 43,
    username="user-1",
    tenant_id="acme",
    connection_id="connection",
    version=3,
    reference="ABCDEFGH",
    expires_at=NOW + 60,
)
WANTED = Redemption(
    code_hash="a" * 64,
    client_id="portal",
    redirect_uri="https://portal.example/cb",
    code_challenge="c" * 43,
)
SECRET, OTHER_SECRET = "s" * 43, "o" * 43
TICKET = Ticket("a" * 64, SECRET)
SPENDER = {"username": "user-1", "client_id": "portal", "challenge": "one", "now": NOW}
LOOKER = {"username": "user-1", "client_id": "portal", "now": NOW}


@pytest.fixture(params=["fake", "real"])
def table(request):
    if request.param == "fake":
        return FakeCodes()
    dynamodb = request.getfixturevalue("dynamodb")
    return CodeTable(dynamodb.client, dynamodb.new_table("CodeTable"))


def redeem(table, now=NOW, ticket=SECRET, **change):
    return table.redeem(replace(WANTED, **change), ticket=ticket, now=now)


# --- codes


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"client_id": "other"}, id="E24-other-application"),
        pytest.param({"redirect_uri": "https://portal.example/cb/"}, id="E25-redirect-uri-differs"),
        pytest.param({"redirect_uri": ""}, id="E25-redirect-uri-missing"),
        pytest.param({"code_challenge": "d" * 43}, id="E21-wrong-verifier"),
        pytest.param({"code_challenge": ""}, id="E22-no-verifier"),
        pytest.param({"now": NOW + 60}, id="E28-item-outlives-its-time"),
    ],
)
def test_what_does_not_match_is_not_redeemed(table, change):
    table.save(CODE)
    assert redeem(table, **change) == (CODE, False)
    assert redeem(table) == (CODE, True)


def test_an_unknown_code_is_nothing(table):
    assert redeem(table) == (None, False)


def test_a_second_use_shows_that_there_was_a_first__E26(table):
    table.save(CODE)
    assert redeem(table, now=NOW + 1) == (CODE, True)
    second = redeem(table, now=NOW + 2, ticket=OTHER_SECRET)
    assert second == (replace(CODE, redeemed_at=NOW + 1), False)


def test_a_request_that_is_sent_again_is_no_second_use__E26_J10(table):
    """AWS's library does so when an answer is lost; signing the person out would be our mistake."""
    table.save(CODE)
    table.save(CODE)
    assert redeem(table) == redeem(table, now=NOW + 1) == (CODE, True)
    assert table.spend(TICKET, **SPENDER)


def test_a_second_use_is_recognised_for_an_hour__E26(dynamodb):
    name = dynamodb.new_table("CodeTable")
    CodeTable(dynamodb.client, name).save(CODE)
    (item,) = dynamodb.client.scan(TableName=name)["Items"]
    assert item["expires_at"] == {"N": str(CODE.expires_at + REMEMBERED_SECONDS)}


def test_of_thirty_at_once_exactly_one_redeems__E27(table):
    table.save(CODE)
    with ThreadPoolExecutor(30) as pool:
        outcomes = list(pool.map(lambda number: redeem(table, ticket=f"{number:043}"), range(30)))
    assert outcomes.count((CODE, True)) == 1
    assert outcomes.count((replace(CODE, redeemed_at=NOW), False)) == 29


def test_a_burned_code_is_gone__E21(table):
    table.save(CODE)
    table.burn(CODE.code_hash)
    assert redeem(table) == (None, False)


def test_a_redeemed_code_is_not_burned_by_a_late_loser(table):
    table.save(CODE)
    redeem(table)
    table.burn(CODE.code_hash)
    assert redeem(table, ticket=OTHER_SECRET) == (replace(CODE, redeemed_at=NOW), False)
    assert table.spend(TICKET, **SPENDER)


def test_burning_nothing_is_no_error(table):
    table.burn("f" * 64)


# --- tickets


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"username": "user-2"}, id="F33-other-user"),
        pytest.param({"username": "USER-1"}, id="F33-other-spelling-of-the-user"),
        pytest.param({"client_id": "other"}, id="F33-other-application"),
        pytest.param({"now": NOW + 60}, id="F33-too-late"),
        pytest.param({"ticket": Ticket("a" * 64, "t" * 43)}, id="F33-guessed-secret"),
        pytest.param({"ticket": Ticket("b" * 64, SECRET)}, id="F33-other-code"),
    ],
)
def test_a_ticket_is_bound_and_short_lived(table, change):
    table.save(CODE)
    redeem(table)
    change = {"ticket": TICKET} | SPENDER | change
    tried = change.pop("ticket")
    looker = {name: value for name, value in change.items() if name != "challenge"}
    assert table.look_at(tried, **looker) is None
    assert not table.spend(tried, **change)
    assert table.spend(TICKET, **SPENDER)


def test_there_is_no_ticket_before_the_code_is_redeemed__F33(table):
    table.save(CODE)
    assert not table.spend(TICKET, **SPENDER)
    assert not table.spend(Ticket("a" * 64, ""), **SPENDER)
    assert table.look_at(TICKET, **LOOKER) is None
    assert table.look_at(Ticket("a" * 64, ""), **LOOKER) is None


def test_looking_at_a_ticket_spends_nothing(table):
    table.save(CODE)
    redeem(table)
    for _ in range(2):
        assert table.look_at(TICKET, **LOOKER) == LiveTicket("connection", is_spent=False)
    assert table.spend(TICKET, **SPENDER)
    assert table.look_at(TICKET, **LOOKER) == LiveTicket("connection", is_spent=True)


def test_the_same_challenge_may_ask_again_and_no_other_may__J16(table):
    table.save(CODE)
    redeem(table)
    assert table.spend(TICKET, **SPENDER)
    assert table.spend(TICKET, **SPENDER)
    assert not table.spend(TICKET, **SPENDER | {"challenge": "two"})


def test_of_thirty_challenges_at_once_exactly_one_is_answered__J16(table):
    table.save(CODE)
    redeem(table)
    with ThreadPoolExecutor(30) as pool:
        outcomes = list(
            pool.map(
                lambda n: table.spend(TICKET, **SPENDER | {"challenge": f"challenge-{n}"}),
                range(30),
            )
        )
    assert outcomes.count(True) == 1


def test_neither_code_nor_ticket_lies_in_the_table_in_clear__B28(dynamodb):
    name = dynamodb.new_table("CodeTable")
    table = CodeTable(dynamodb.client, name)
    table.save(CODE)
    redeem(table)
    assert SECRET not in repr(dynamodb.client.scan(TableName=name)["Items"])


class Stale:
    """A client whose reads are old, or rather: there are none to be believed."""

    def __init__(self, client):
        self._client = client

    def __getattr__(self, name):
        assert name in {"put_item", "update_item", "delete_item"}, f"{name} would decide"
        return getattr(self._client, name)


def test_a_write_decides_and_no_read_does__J13(dynamodb):
    table = CodeTable(Stale(dynamodb.client), dynamodb.new_table("CodeTable"))
    table.save(CODE)
    assert redeem(table)[1]
    assert not redeem(table, ticket=OTHER_SECRET)[1]
    assert table.spend(TICKET, **SPENDER)
    assert not table.spend(TICKET, **SPENDER | {"challenge": "two"})


def test_a_dead_table_is_unavailable__J12(dynamodb):
    table = CodeTable(dynamodb.client, "no-such-table")
    for call in (
        lambda: table.save(CODE),
        lambda: redeem(table),
        lambda: table.burn(CODE.code_hash),
        lambda: table.spend(TICKET, **SPENDER),
        lambda: table.look_at(TICKET, **LOOKER),
    ):
        with pytest.raises(UnavailableError):
            call()
