"""A whole run of the deployed stack, and then a look everywhere for what must be nowhere."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from harness.organisation import aws_client
from harness.person import Person, answer_of


@pytest.fixture
def tables(aws):
    """Everything that lies in any table, as text."""

    def everything() -> str:
        names = aws.dynamodb.get_paginator("list_tables").paginate()
        return json.dumps(
            [
                page["Items"]
                for listed in names
                for name in listed["TableNames"]
                for page in aws.dynamodb.get_paginator("scan").paginate(TableName=name)
            ],
            default=str,
        )

    return everything


@pytest.fixture
def logs(stack):
    """Every line that any function has written, and API Gateway's own."""
    client = aws_client(stack, "logs")

    def everything() -> str:
        groups = client.describe_log_groups()["logGroups"]
        pages = client.get_paginator("filter_log_events")
        return "\n".join(
            event["message"]
            for group in groups
            for page in pages.paginate(logGroupName=group["logGroupName"])
            for event in page["events"]
        )

    yield everything
    client.close()


@pytest.fixture
def watched(stack):
    """A browser that remembers every address that it went to and every page that it was shown."""
    with Person(stack) as person:
        person.seen = []
        person.http.event_hooks["response"].append(
            lambda answer: (answer.read(), person.seen.append((str(answer.url), answer.text)))
        )
        yield person


def test_I01_no_table_holds_a_client_secret_or_what_a_browser_carries(
    stack, person, demo_provider, tables
):
    callback = person.back_from_provider(stack.demo.user.email)
    (cookie,) = [c for c in person.http.cookies.jar if c.name.startswith("__Host-sign-in-")]
    under_way = tables()
    told = answer_of(person.send(callback))
    assert "code" in told, told
    code = told["code"]
    afterwards = tables()

    assert stack.provider.client_id in under_way  # or the look has seen nothing
    for secret in (stack.provider.client_secret, cookie.value, code):
        assert secret not in under_way + afterwards


def test_I02_nothing_secret_is_in_a_table_a_log_a_page_or_an_address(
    stack, watched, demo_provider, tables, logs
):
    callback = watched.back_from_provider(stack.demo.user.email)
    (cookie,) = [c for c in watched.http.cookies.jar if c.name.startswith("__Host-sign-in-")]
    watched.send(callback.with_(error="access_denied", code=None))  # a failure, with its page
    callback = watched.back_from_provider(stack.demo.user.email)
    state, provider_code = callback.parameters["state"], callback.parameters["code"]
    told = answer_of(watched.send(callback))
    assert "code" in told, told
    code = told["code"]
    walked = list(watched.seen)
    tokens = watched.token_request(code).json()
    trusted = stack.base_url, stack.cognito_domain_url
    ours = [(url, page) for url, page in walked if url.startswith(trusted)]

    lying, written = tables(), logs()
    kept = lying + written
    shown = "\n".join(page for _, page in ours)
    addresses = "\n".join(url for url, _ in walked)

    assert stack.provider.client_id in lying  # or the look has seen nothing
    assert all(step in written for step in ("SignedIn", "provider_refused", "TokensIssued"))
    verifier = watched.verifier
    secrets = (stack.provider.client_secret, cookie.value, verifier, *_signed(tokens))
    for secret in (*secrets, code, provider_code, state):
        assert secret not in kept
        assert secret not in shown
    for secret in secrets:
        assert secret not in addresses
    carried = [urlsplit(url) for url, _ in walked if "code=" in url]
    # A code is in an address only where OAuth puts it: on its way back to whom it is for.
    assert {url.path for url in carried} <= {"/oauth2/idpresponse"}
    assert all(set(parse_qs(url.query)) <= {"code", "state", "iss"} for url in carried)


def _signed(tokens):
    return [tokens[name] for name in ("access_token", "id_token", "refresh_token")]
