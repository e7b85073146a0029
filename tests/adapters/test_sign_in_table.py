"""Sign-ins are kept once and taken once: the fake and DynamoDB, by the same tests (B03-B10)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import pytest

from authsso.adapters.sign_in_table import SignInTable
from authsso.errors import AuthssoError, DisplayedError, UnavailableError
from authsso.model import AuthorizationRequest, SignIn
from harness.fakes import NOW, FakeSignIns

REQUEST = AuthorizationRequest(
    client_id="portal",
    redirect_uri="https://portal.example/cb",
    state='un"usual &+ état',
    code_challenge="c" * 43,
    scopes=("openid", "email"),
    login_hint="ada@acme.example",
    prompt="login",
)
STARTED = SignIn(
    state_hash="a" * 64,
    binding_hash="b" * 64,
    reference="ABCDEFGH",
    request=REQUEST,
    tenant_id="acme",
    provider="azure",
    connection_id="connection",
    version=3,
    response_mode="form_post",
    started_at=NOW,
    expires_at=NOW + 600,
)


@pytest.fixture(params=["fake", "real"])
def table(request):
    if request.param == "fake":
        return FakeSignIns()
    dynamodb = request.getfixturevalue("dynamodb")
    return SignInTable(dynamodb.client, dynamodb.new_table("SignInTable"))


def code_of(table, state_hash="a" * 64, binding_hash="b" * 64, now=NOW):
    with pytest.raises(DisplayedError) as caught:
        table.take(state_hash, binding_hash, now)
    return caught.value.code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"state_hash": "A" * 64}, "sign_in_unknown", id="B35-no-such-state"),
        pytest.param({"binding_hash": "B" * 64}, "wrong_browser", id="B03-other-browser"),
        pytest.param({"binding_hash": ""}, "wrong_browser", id="B03-no-browser"),
        pytest.param({"now": NOW + 600}, "sign_in_expired", id="B09-item-outlives-its-time"),
        pytest.param(
            {"binding_hash": "B" * 64, "now": NOW + 600}, "wrong_browser", id="B03-and-expired"
        ),
    ],
)
def test_what_does_not_match_takes_nothing_and_burns_nothing(table, change, code):
    table.save(STARTED)
    assert code_of(table, **change) == code
    assert table.take("a" * 64, "b" * 64, NOW) == STARTED


def test_it_comes_back_as_it_was_saved(table):
    bare = replace(
        STARTED,
        request=replace(REQUEST, state=None, scopes=(), login_hint=None, prompt=None),
        response_mode="query",
    )
    table.save(bare)
    assert table.take("a" * 64, "b" * 64, NOW + 599) == bare


def test_a_second_use_finds_nothing(table):
    table.save(STARTED)
    table.take("a" * 64, "b" * 64, NOW)
    assert code_of(table) == "sign_in_unknown"


def test_nobody_can_put_another_in_its_place(table):
    table.save(STARTED)
    table.save(STARTED)  # sent again, because the answer was lost
    with pytest.raises(UnavailableError):
        table.save(replace(STARTED, binding_hash="f" * 64))
    assert table.take("a" * 64, "b" * 64, NOW) == STARTED


def test_two_under_way_do_not_disturb_each_other(table):
    other = replace(STARTED, state_hash="c" * 64, binding_hash="d" * 64, tenant_id="globex")
    table.save(STARTED)
    table.save(other)
    assert table.take("c" * 64, "d" * 64, NOW) == other
    assert table.take("a" * 64, "b" * 64, NOW) == STARTED


def test_of_thirty_at_once_exactly_one_gets_it__B08(table):
    table.save(STARTED)

    def attempt(_):
        try:
            return table.take("a" * 64, "b" * 64, NOW)
        except AuthssoError as error:
            return error.code

    with ThreadPoolExecutor(30) as pool:
        outcomes = list(pool.map(attempt, range(30)))
    assert outcomes.count(STARTED) == 1
    assert outcomes.count("sign_in_unknown") == 29


def test_what_lies_in_the_table_is_not_enough_to_finish_a_sign_in__B28(dynamodb):
    name = dynamodb.new_table("SignInTable")
    SignInTable(dynamodb.client, name).save(STARTED)
    (item,) = dynamodb.client.scan(TableName=name)["Items"]
    assert set(item) == {"state_hash", "binding_hash", "expires_at", "sign_in"}


def test_a_delete_decides_and_no_read_does__J13(dynamodb):
    """A stale replica can say what it likes: nobody asks it."""
    writes = {name: getattr(dynamodb.client, name) for name in ("put_item", "delete_item")}
    table = SignInTable(SimpleNamespace(**writes), dynamodb.new_table("SignInTable"))
    table.save(STARTED)
    assert table.take("a" * 64, "b" * 64, NOW) == STARTED
    assert code_of(table) == "sign_in_unknown"


def test_a_dead_table_is_unavailable__J10_J11(dynamodb):
    table = SignInTable(dynamodb.client, "no-such-table")
    with pytest.raises(UnavailableError):
        table.save(STARTED)
    with pytest.raises(UnavailableError):
        table.take("a" * 64, "b" * 64, NOW)
