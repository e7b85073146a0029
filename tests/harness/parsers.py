"""Every parser of outside input as a function of bytes: it reads them or refuses in one way.

Used by tests/test_whatever_arrives.py (hypothesis) and by tests/fuzz.py (atheris).
"""

import base64
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from authorize import app as authorize
from authsso.errors import ProviderError, SettingsError
from authsso.model import KeySet
from authsso.protocol import (
    bounded_json,
    domain_claim,
    entra_groups,
    federated_sign_in,
    id_token,
    key_set,
    provider_metadata,
    recovery_code,
    userinfo,
)
from authsso.protocol import token_response as token_answer
from authsso.providers import PROFILES
from authsso.web import administrator, cookies, parameters
from authsso.web.settings import json_body
from harness.fakes import NOW
from harness.http_event import http_event
from harness.providers import ISSUER, metadata, version
from harness.settings_caller import AZURE, CLAIMS
from harness.settings_fakes import settings_services
from harness.sign_in_world import REQUEST, Browser, services, token
from harness.tokens import b64, ec_jwk, ec_key, json_b64, rsa_jwk, rsa_key, signature_of
from settings_api.app import create_app

_KEYS = KeySet((rsa_jwk(rsa_key(), kid="rsa"), ec_jwk(ec_key(), kid="ec")), NOW)
_METADATA = metadata(id_token_algorithms=("RS256", "ES256"))
_LIMIT = 262_144
_STATE_HASH = "a" * 64


class ServerError(AssertionError):
    """What came from outside was answered as a fault of ours."""


def _as_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _validate(token: str) -> None:
    id_token.validate(
        token, keys=_KEYS, metadata=_METADATA, client_id="client", nonce="n" * 43, now=NOW
    )


def _id_token(data: bytes) -> None:
    _validate(_as_text(data))


def _id_token_payload(data: bytes) -> None:
    """A payload under a signature that holds: the claims are judged."""
    signing_input = f"{json_b64({'alg': 'RS256', 'kid': 'rsa'})}.{b64(data)}"
    _validate(f"{signing_input}.{b64(signature_of(signing_input.encode(), rsa_key(), 'RS256'))}")


def _id_token_header(data: bytes) -> None:
    """A header under a signature that holds for it."""
    signing_input = f"{b64(data)}.{json_b64({'sub': 'x'})}"
    _validate(f"{signing_input}.{b64(signature_of(signing_input.encode(), rsa_key(), 'RS256'))}")


def _object(data: bytes) -> Mapping[str, object]:
    """As adapters/openid_provider reads a document."""
    return bounded_json.parse_object(data, limit=_LIMIT)


def _metadata(data: bytes) -> None:
    provider_metadata.judge(_object(data), discovery_url=ISSUER, profile=PROFILES["oidc"])


def _pinned_metadata(data: bytes) -> None:
    issuer = "https://acme.okta.com"
    provider_metadata.judge(_object(data), discovery_url=issuer, profile=PROFILES["okta"])


def _key_set(data: bytes) -> None:
    key_set.judge(_object(data), fetched_at=NOW)


def _token_answer(data: bytes) -> None:
    token_answer.judge(200, "application/json", data)


def _token_refusal(data: bytes) -> None:
    token_answer.judge(400, "application/json", data)


def _userinfo(data: bytes) -> None:
    userinfo.judge(200, "application/json", data, subject="subject")


def _entra_groups(data: bytes) -> None:
    entra_groups.judge(200, "application/json", data)


def _entra_overage(data: bytes) -> None:
    """Claims of a validated ID token: whatever they are, they are read or left."""
    claims = _object(data)
    if entra_groups.is_overage(claims, "groups"):
        assert not entra_groups.is_overage(entra_groups.filled_in(claims, ("g",)), "groups")


def _cookies(data: bytes) -> None:
    event = {"headers": {"cookie": _as_text(data)}}
    cookies.binding_of(event, _STATE_HASH)
    cookies.binding_of({"cookies": _as_text(data).split("|")}, _STATE_HASH)


def _query(data: bytes) -> None:
    parameters.query(http_event("GET", "/", query=_as_text(data) or "a=b"))


def _form(data: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    parameters.form(http_event("POST", "/", headers=headers, body=data))
    event = http_event("POST", "/", headers=headers, body="")
    parameters.form(event | {"body": _as_text(data), "isBase64Encoded": True})


def _settings_json(data: bytes) -> None:
    json_body.parse(_as_text(data))


def _settings_body(data: bytes) -> None:
    """The whole settings API: a bad body is the caller's mistake, whatever it is."""
    app = create_app(settings_services())
    for method, path in (("PUT", AZURE), ("PATCH", AZURE), ("POST", "/settings/sso/domains")):
        event = http_event(
            method, path, claims=CLAIMS, headers={"content-type": "application/json"}
        )
        event |= {"body": base64.b64encode(data).decode(), "isBase64Encoded": True}
        answer = app.resolve(event, SimpleNamespace())
        if answer["statusCode"] >= 500:
            raise ServerError(f"{method} {path}: {answer['statusCode']}")
        json.loads(answer["body"])


def _access_token(data: bytes) -> None:
    """A bearer token beside what the authorizer says of another one."""
    event = http_event("GET", AZURE, claims=CLAIMS)
    event["headers"]["authorization"] = f"Bearer {_as_text(data)}"
    administrator.identify(event, client_ids=("dashboard",))


def _access_token_claims(data: bytes) -> None:
    """Claims that the authorizer vouches for, as far as it flattens them."""
    claims = CLAIMS | dict(_object(data))
    administrator.identify(http_event("GET", AZURE, claims=claims), client_ids=("dashboard",))


def _cognito_attributes(data: bytes) -> None:
    federated_sign_in.claims_of(_object(data), version())


def _domain(data: bytes) -> None:
    domain_claim.read(_as_text(data))


def _recovery_code(data: bytes) -> None:
    recovery_code.normalise(_as_text(data))


def _not_ours(answer: Any) -> None:
    if answer.status >= 500:
        raise ServerError(f"{answer.status}: {answer.body:.200}")


def _authorize(data: bytes) -> None:
    browser = Browser(services())
    _not_ours(browser.send(authorize.create_app, "GET", "/oauth2/authorize", _as_text(data)))
    good = urlencode(REQUEST | {"idp_identifier": "acme"})
    text = f"{good}&{_as_text(data)}"
    _not_ours(browser.send(authorize.create_app, "GET", "/oauth2/authorize", text))


def _callback(data: bytes) -> None:
    """An answer to a sign-in that this browser has begun, with anything added to it."""
    for method in ("GET", "POST"):
        browser = Browser(services())
        good = browser.services.provider.sign_in(browser.leave())
        _not_ours(browser.come_back(f"state={good['state']}&{_as_text(data)}", method=method))


def _token(data: bytes) -> None:
    made = services()
    _not_ours(token(made, _as_text(data)))
    good = "grant_type=authorization_code&client_id=portal&code="
    _not_ours(token(made, good + quote_from_bytes(data)))


type Parser = Callable[[bytes], Any]

_NO_OBJECT = (bounded_json.MalformedJsonError,)  # as the caller of these parsers hears of it

# Each parser with the one kind of refusal that may leave it.
PARSERS: Mapping[str, tuple[Parser, tuple[type[Exception], ...]]] = MappingProxyType(
    {
        "id_token": (_id_token, (ProviderError,)),
        "id_token_payload": (_id_token_payload, (ProviderError,)),
        "id_token_header": (_id_token_header, (ProviderError,)),
        "metadata": (_metadata, (ProviderError, *_NO_OBJECT)),
        "metadata_pinned": (_pinned_metadata, (ProviderError, *_NO_OBJECT)),
        "key_set": (_key_set, (ProviderError, *_NO_OBJECT)),
        "token_answer": (_token_answer, (ProviderError,)),
        "token_refusal": (_token_refusal, (ProviderError,)),
        "userinfo": (_userinfo, (ProviderError,)),
        "entra_groups": (_entra_groups, (ProviderError,)),
        "entra_overage": (_entra_overage, _NO_OBJECT),
        "cookies": (_cookies, ()),
        "query": (_query, (parameters.MalformedRequestError,)),
        "form": (_form, (parameters.MalformedRequestError,)),
        "access_token": (_access_token, (SettingsError,)),
        "access_token_claims": (_access_token_claims, (SettingsError, *_NO_OBJECT)),
        "cognito_attributes": (_cognito_attributes, (ProviderError, *_NO_OBJECT)),
        "domain": (_domain, (SettingsError,)),
        "recovery_code": (_recovery_code, ()),
        "authorize": (_authorize, ()),
        "callback": (_callback, ()),
        "token": (_token, ()),
        "settings_json": (_settings_json, (SettingsError,)),
        "settings_body": (_settings_body, ()),
    }
)


def refuses(name: str, data: bytes) -> bool:
    """Give a parser something; tell whether it was refused. Anything else that is raised leaves."""
    parse, refusals = PARSERS[name]
    try:
        parse(data)
    except refusals:
        return True
    return False
