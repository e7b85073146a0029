"""The API does what it says of itself: schemathesis over every operation of the deployed stack."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

pytestmark = pytest.mark.stack

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 4  # of each operation


@pytest.fixture(scope="module")
def document(stack):
    url = f"http://127.0.0.1:{stack.ports.stack}/settings/openapi.json"
    return httpx.get(url, headers=_host(stack), timeout=60).json()


@pytest.fixture(scope="module")
def token(stack, aws):
    """The second tenant's administrator: what is tried here must not stand in others' way."""
    tenant = stack.tenants[1]
    person = tenant.administrator
    answer = aws.cognito.initiate_auth(
        ClientId=stack.settings_client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": person.email, "PASSWORD": person.password},
    )
    return answer["AuthenticationResult"]["AccessToken"]


@pytest.fixture(scope="module")
def api(document, stack):
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=f"http://127.0.0.1:{stack.ports.stack}")
    return schema


def _host(stack):
    return {"Host": stack.base_url.removeprefix("http://")}


def test_the_document_is_openapi_3_1(document):
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert "client_secret" not in document["components"]["schemas"]["VersionAnswer"]["properties"]


def test_every_operation_answers_as_described(api, stack, token):
    headers = {**_host(stack), "Authorization": f"Bearer {token}"}
    tried = set()
    for found in api.get_all_operations():
        operation = found.ok()
        tried.add(f"{operation.method.upper()} {operation.path}")
        _try(operation, headers)

    assert len(tried) == sum(len(methods) for methods in api.raw_schema["paths"].values())


def _try(operation, headers):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def attempt(case):
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    attempt()
