"""Each answer to a probe is right, a finding, or unclear."""

import pytest

from authsso.findings import in_probes
from authsso.findings.outcome import Right, Unclear, Wrong

OURS = "https://authsso.saas.example/oauth2/idpresponse"


def name(outcome):
    return outcome.finding.code if isinstance(outcome, Wrong) else type(outcome)


@pytest.mark.parametrize(
    ("provider", "status", "error", "text", "expected"),
    [
        ("azure", 200, None, "", Right),
        ("azure", 401, "invalid_client", "AADSTS7000215: Invalid.", "entra_secret_wrong"),
        ("azure", 401, "invalid_client", "AADSTS9999999: New.", "provider_said_otherwise"),
        ("azure", 400, "unauthorized_client", "AADSTS700016: No.", "entra_client_id_unknown"),
        ("azure", 400, "invalid_grant", "AADSTS53003: CA.", "entra_conditional_access_for_apps"),
        ("azure", 400, "invalid_grant", "AADSTS9999999: New.", Unclear),
        ("azure", 429, None, "", Unclear),
        ("okta", 400, "invalid_grant", "The authorization code is invalid", Right),
        ("okta", 401, "invalid_client", "", "okta_client_refused"),
        ("keycloak", 401, "unauthorized_client", "", "keycloak_client_refused"),
        ("oidc", 400, "invalid_request", "", Unclear),
        ("oidc", 404, None, "", Unclear),
        ("oidc", 503, "invalid_client", "", Unclear),
    ],
)
def test_the_token_endpoint(provider, status, error, text, expected):
    assert name(in_probes.client(provider, status, error, text)) == expected


@pytest.mark.parametrize(
    ("status", "location", "page", "expected"),
    [
        (302, f"{OURS}?error=login_required&state=x", "", Right),
        (302, f"{OURS}?error=consent_required", "", Right),
        (302, f"{OURS}#code=x", "", Right),
        (302, f"{OURS}?error=unauthorized_client", "", "code_flow_not_allowed"),
        (302, f"{OURS}.evil.example/?error=login_required", "", Unclear),
        (302, "https://login.acme.example/", "", Unclear),
        (302, "", "", Unclear),
        (200, "", '$Config={"m":"AADSTS50011: no"}', "entra_redirect_uri_not_registered"),
        (200, "", '$Config={"m":"AADSTS700016: no"}', "entra_client_id_unknown"),
        (200, "", f"<form action='/login?redirect_uri={OURS}'>", Unclear),
        (400, "", "<b>Invalid parameter: redirect_uri</b>", "keycloak_redirect_uri_not_registered"),
        (404, "", "<b>Nothing</b>", Unclear),
    ],
)
def test_the_authorize_endpoint(status, location, page, expected):
    outcome = in_probes.redirect_uri("keycloak", OURS, status, location, page.encode())
    assert name(outcome) == expected


def test_a_number_far_down_a_page_is_found():
    page = b"x" * 200_000 + b"AADSTS50011" + b"\xff"
    outcome = in_probes.redirect_uri("azure", OURS, 200, "", page)
    assert name(outcome) == "entra_redirect_uri_not_registered"


@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, Right), (400, Right), (405, "userinfo_method_refused"), (404, Unclear), (200, Unclear)],
)
def test_userinfo(status, expected):
    assert name(in_probes.method(status)) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", Right),
        ("Sun, 06 Nov 1994 08:50:37 GMT", Right),
        ("Sun, 06 Nov 1994 08:51:37 GMT", "clocks_differ"),
        ("", Unclear),
        ("yesterday", Unclear),
    ],
)
def test_the_clock(date, expected):
    assert name(in_probes.clock(date, 784_111_777)) == expected
