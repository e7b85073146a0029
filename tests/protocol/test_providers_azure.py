"""Every mistake with Microsoft Entra's values has a name and a fix."""

import pytest

from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_values import find_mistakes

GUID = "11111111-2222-3333-4444-555555555555"
CLIENT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
ISSUER = f"https://login.microsoftonline.com/{GUID}/v2.0"
FORM = FORMS["azure"]
AWS = Surroundings(PROFILES["azure"].pinned_hosts)
LOCAL = Surroundings((*AWS.pinned_hosts, "entra.localhost"), allow_loopback=True)


def mistakes(discovery_url=ISSUER, client_id=CLIENT, client_secret="aB38Q~x", surroundings=AWS):
    typed = TypedValues(
        FORM.normalise(discovery_url), FORM.normalise_client_id(client_id), client_secret
    )
    return find_mistakes(FORM, typed, surroundings)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("", "not_a_url", id="empty"),
        pytest.param("Contoso", "not_a_url", id="a name"),
        pytest.param(f"{GUID}\r\nHost: x", "not_a_url", id="G23-line break"),
        pytest.param("https://[::1", "not_a_url", id="half an address"),
        pytest.param(f"https://login.microsoftonline.com:99999/{GUID}", "not_a_url", id="port"),
        pytest.param(
            f"https://login.microsoftonline.com\\@evil.example/{GUID}/v2.0",
            "not_a_url",
            id="G-backslash",
        ),
        pytest.param("https://login.microsoftonline.com/{tenant}/v2.0", "placeholder", id="IN-05"),
        pytest.param(
            "https://login.microsoftonline.com/<tenant-id>/v2.0", "placeholder", id="IN-05-angle"
        ),
        pytest.param(
            "https://login.microsoftonline.com/YOUR_TENANT/v2.0", "placeholder", id="IN-05-your"
        ),
        pytest.param(
            "https://login.microsoftonline.com/xxxxxxxx-xxxx/v2.0", "placeholder", id="IN-05-x"
        ),
        pytest.param(f"http://login.microsoftonline.com/{GUID}/v2.0", "not_https", id="IN-07"),
        pytest.param(f"ftp://login.microsoftonline.com/{GUID}/v2.0", "not_https", id="ftp"),
        pytest.param(
            f"https://login.microsoftonline.com/{GUID}/oauth2/v2.0/authorize",
            "endpoint",
            id="IN-10",
        ),
        pytest.param(
            f"https://login.microsoftonline.com/{GUID}/oauth2/token", "endpoint", id="IN-10-v1"
        ),
        pytest.param(f"https://portal.azure.com/#view/appId/{CLIENT}", "portal", id="IN-11"),
        pytest.param("https://entra.microsoft.com/", "portal", id="IN-11-entra"),
        pytest.param(
            f"https://login.microsoftonline.com/{GUID}/federationmetadata/2007-06/f.xml",
            "saml",
            id="IN-12",
        ),
        pytest.param(f"https://login.microsoftonline.com/{GUID}/saml2", "saml", id="IN-12-saml2"),
        pytest.param(f"https://login.microsoftonline.com/{GUID}", "version_1", id="IN-13"),
        pytest.param(
            f"https://login.microsoftonline.com/{GUID}/.well-known/openid-configuration",
            "version_1",
            id="IN-13-well-known",
        ),
        pytest.param("https://login.microsoftonline.com/common/v2.0", "open_to_all", id="IN-14"),
        pytest.param(
            "https://login.microsoftonline.com/organizations/v2.0",
            "open_to_all",
            id="IN-14-organizations",
        ),
        pytest.param(
            "https://login.microsoftonline.com/Common/v2.0", "open_to_all", id="IN-14-case"
        ),
        pytest.param("https://login.microsoftonline.com/consumers/v2.0", "personal", id="IN-15"),
        pytest.param("9188040d-6c67-4c5b-b112-36a304b66dad", "personal", id="IN-15-guid"),
        pytest.param(
            "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0", "domain", id="IN-16"
        ),
        pytest.param("contoso.onmicrosoft.com", "domain", id="IN-16-domain alone"),
        pytest.param("https://Contoso.onmicrosoft.com/", "domain", id="IN-16-as an address"),
        pytest.param("contoso.mail.onmicrosoft.com/v2.0", "domain", id="IN-16-v2.0"),
        pytest.param("https://onmicrosoft.com.evil.example", "other_host", id="F10-onmicrosoft"),
        pytest.param(f"https://login.windows.net/{GUID}/v2.0", "alias_host", id="IN-17"),
        pytest.param(f"https://sts.windows.net/{GUID}/", "alias_host", id="IN-17-sts"),
        pytest.param(f"https://login.microsoftonline.de/{GUID}/v2.0", "closed_cloud", id="IN-20"),
        pytest.param(
            f"https://contoso.b2clogin.com/{GUID}/B2C_1/v2.0", "customer_tenant", id="IN-21"
        ),
        pytest.param(f"https://contoso.ciamlogin.com/{GUID}/v2.0", "customer_tenant", id="IN-22"),
        pytest.param(
            f"https://login.microsoftonline.com.evil.example/{GUID}/v2.0",
            "other_host",
            id="F10-suffix",
        ),
        pytest.param(f"https://evil.example/{GUID}/v2.0", "other_host", id="F10-other host"),
        pytest.param(
            f"https://login.microsoftonline.com:8443/{GUID}/v2.0", "other_host", id="other port"
        ),
        pytest.param(f"https://a@login.microsoftonline.com/{GUID}/v2.0", "not_plain", id="user"),
        pytest.param(f"{ISSUER}?appid={CLIENT}", "not_plain", id="query"),
        pytest.param(f"{ISSUER}/x", "not_an_issuer", id="something behind"),
        pytest.param("https://login.microsoftonline.com", "not_an_issuer", id="no tenant"),
        pytest.param("http://localhost:9000/x/v2.0", "other_host", id="loopback in AWS"),
    ],
)
def test_a_wrong_discovery_url_is_named(typed, code):
    [mistake] = mistakes(discovery_url=typed)

    assert (mistake.field, mistake.code) == ("discovery_url", f"discovery_url_{code}")
    assert mistake.message
    assert mistake.fix


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(GUID, id="bare tenant id"),
        pytest.param(f" {GUID.upper()}\N{NO-BREAK SPACE}", id="IN-06-blanks"),
        pytest.param(f'"{ISSUER}"', id="IN-06-quotes"),
        pytest.param(ISSUER, id="as it is"),
        pytest.param(f"{ISSUER}/", id="IN-09-slash"),
        pytest.param(f"{ISSUER}/.well-known/openid-configuration", id="IN-08-well-known"),
        pytest.param(ISSUER.removeprefix("https://"), id="no scheme"),
        pytest.param(ISSUER.upper(), id="capitals"),
    ],
)
def test_every_form_of_the_right_address_becomes_the_issuer(typed):
    assert FORM.normalise(typed) == ISSUER
    assert mistakes(discovery_url=typed) == ()


@pytest.mark.parametrize("host", ["login.microsoftonline.us", "login.partner.microsoftonline.cn"])
def test_national_clouds_are_right_as_they_are(host):
    assert mistakes(discovery_url=f"https://{host}/{GUID}/v2.0") == ()


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        (f"https://login.windows.net/{GUID}", f"Use {ISSUER}"),
        (f"https://login.microsoftonline.com/{GUID}/oauth2/v2.0/authorize", f"Use {ISSUER}"),
        (f"https://login.microsoftonline.com/{GUID}", f"Use {ISSUER}"),
        (
            f"https://login.chinacloudapi.cn/{GUID}",
            f"Use https://login.partner.microsoftonline.cn/{GUID}/v2.0",
        ),
    ],
)
def test_the_fix_is_the_right_address_when_it_can_be_told(typed, fix):
    assert mistakes(discovery_url=typed)[0].fix == fix


def test_the_local_stack_may_pin_itself_and_use_http():
    assert mistakes(f"http://entra.localhost:8080/{GUID}/v2.0", surroundings=LOCAL) == ()
    assert mistakes(f"http://entra.example/{GUID}/v2.0", surroundings=LOCAL)


@pytest.mark.parametrize(
    ("client_id", "code"),
    [
        pytest.param("inbox-sync", "not_guid", id="IN-03"),
        pytest.param("anna@contoso.com", "not_guid", id="IN-03-e-mail"),
        pytest.param(GUID, "is_tenant_id", id="IN-04"),
        pytest.param(GUID.upper(), "is_tenant_id", id="IN-04-case"),
        pytest.param(f"{CLIENT}\r\nX: y", "characters", id="G23"),
        pytest.param("", "characters", id="empty"),
        pytest.param("https://portal.azure.com/", "address", id="address"),
    ],
)
def test_a_wrong_client_id_is_named(client_id, code):
    [mistake] = mistakes(client_id=client_id)

    assert (mistake.field, mistake.code) == ("client_id", f"client_id_{code}")


def test_a_client_id_is_lowered_as_tokens_carry_it():
    assert FORM.normalise_client_id(f" {CLIENT.upper()} ") == CLIENT


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        pytest.param("01234567-89ab-cdef-0123-456789abcdef", "is_secret_id", id="IN-01"),
        pytest.param(" 01234567-89AB-cdef-0123-456789abcdef ", "is_secret_id", id="IN-01-blanks"),
        pytest.param("**********", "masked", id="F09-stars"),
        pytest.param("\N{BULLET}" * 8, "masked", id="F09-dots"),
        pytest.param("aB38Q~x\n", "characters", id="C22-newline"),
        pytest.param(" aB38Q~x", "characters", id="C22-blank"),
        pytest.param("aB3\r\nX: y", "characters", id="G23"),
        pytest.param("aB3\N{ZERO WIDTH SPACE}8Q", "characters", id="IN-06"),
        pytest.param("", "characters", id="empty"),
        pytest.param('"aB38Q~x"', "quoted", id="IN-02-quotes"),
        pytest.param(CLIENT, "is_secret_id", id="client id"),
    ],
)
def test_a_wrong_secret_is_named_and_never_repeated(secret, code):
    [mistake] = mistakes(client_secret=secret)

    assert (mistake.field, mistake.code) == ("client_secret", f"client_secret_{code}")
    assert not secret or secret not in f"{mistake.message} {mistake.fix}"


def test_no_secret_is_no_mistake_here():
    assert mistakes(client_secret=None) == ()


def test_one_mistake_a_field_is_told():
    found = mistakes("http://{tenant}", "x y", "****")

    assert [mistake.field for mistake in found] == ["discovery_url", "client_id", "client_secret"]


def test_a_domain_is_told_by_its_name_and_looked_up_at_microsoft():
    [mistake] = mistakes(discovery_url="contoso.onmicrosoft.com")
    assert mistake.message == "The tenant is named by its domain, contoso.onmicrosoft.com."
    issuer = "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0"
    assert FORM.normalise("contoso.onmicrosoft.com") == issuer


def test_one_id_in_both_fields_may_be_wrong_in_either():
    [mistake] = mistakes(client_id=GUID)
    assert "are the same; one of them is wrong" in mistake.message
