"""Where a customer's client secret lies in the deployed stack, and where nothing secret does."""

import json

import pytest

from harness.person import answer_of


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


def test_I01_no_table_holds_a_client_secret_or_what_a_browser_carries(
    stack, person, demo_provider, tables
):
    callback = person.back_from_provider(stack.demo.user.email)
    (cookie,) = [c for c in person.http.cookies.jar if c.name.startswith("__Host-sign-in-")]
    under_way = tables()
    code = answer_of(person.send(callback))["code"]
    afterwards = tables()

    assert stack.provider.client_id in under_way  # or the look has seen nothing
    for secret in (stack.provider.client_secret, cookie.value, code):
        assert secret not in under_way + afterwards
