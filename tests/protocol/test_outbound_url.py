"""Which URLs we may call at all (G01-G03, G12-G14)."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import ProviderError
from authsso.protocol import outbound_url


@pytest.mark.parametrize(
    "url",
    [
        "https://idp.example.com",
        "https://idp.example.com/",
        "https://idp.example.com:443/realms/a%20b/.well-known/openid-configuration",
        "https://login.microsoftonline.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f/v2.0",
        "https://tenant.b2clogin.com/token?p=b2c_1_policy",
        "https://xn--bcher-kva.example",
    ],
)
def test_a_canonical_https_url_is_called(url):
    checked = outbound_url.check(url)
    assert (checked.url, checked.port, checked.is_loopback) == (url, 443, False)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://idp.example.com/", id="G01-http"),
        pytest.param("ftp://idp.example.com/", id="G01-ftp"),
        pytest.param("file:///etc/passwd", id="G01-file"),
        pytest.param("gopher://idp.example.com/", id="G01-gopher"),
        pytest.param("data:text/plain,x", id="G01-data"),
        pytest.param("//idp.example.com", id="G01-scheme-relative"),
        pytest.param("https:/idp.example.com", id="G01-one-slash"),
        pytest.param("https:idp.example.com", id="G01-no-slash"),
        pytest.param(" https://idp.example.com", id="G01-leading-space"),
        pytest.param("https://idp.example.com\n", id="G01-trailing-newline"),
        pytest.param("HTTPS://idp.example.com", id="G01-upper-case-scheme"),
        pytest.param("https://IDP.example.com", id="A90-upper-case-host"),
        pytest.param("https://93.184.216.34/", id="G02-ipv4"),
        pytest.param("https://[2606:4700::1111]/", id="G02-ipv6"),
        pytest.param("https://[::ffff:7f00:1]/", id="G02-ipv4-mapped"),
        pytest.param("https://2130706433/", id="G03-decimal"),
        pytest.param("https://0x7f.1/", id="G03-hex"),
        pytest.param("https://0177.0.0.1/", id="G03-octal"),
        pytest.param("https://127.1/", id="G03-short"),
        pytest.param("https://a.0x7f000001/", id="G03-last-label-hex"),
        pytest.param("https://①②⑦.⓪.⓪.①/", id="G03-circled"),
        pytest.param("https://127。0。0。1/", id="G03-ideographic-dots"),
        pytest.param("https://bücher.example", id="G03-unicode-host"),
        pytest.param("https://idp.example.com:22/", id="G12-22"),
        pytest.param("https://idp.example.com:9001/", id="G12-9001"),
        pytest.param("https://idp.example.com:0/", id="G12-0"),
        pytest.param("https://idp.example.com:99999/", id="G12-99999"),
        pytest.param("https://idp.example.com:8443/", id="G12-8443"),
        pytest.param("https://idp.example.com:/", id="G12-empty"),
        pytest.param("https://idp.example.com:0443/", id="G12-leading-zero"),
        pytest.param("https://good.example@evil.example/", id="G13-userinfo"),
        pytest.param("https://good.example:443@evil.example/", id="G13-userinfo-port"),
        pytest.param("https://good.example\\@evil.example/", id="G13-backslash"),
        pytest.param("https://good.ex\tample/", id="G13-tab"),
        pytest.param("https://good.example\x00/", id="G13-nul"),
        pytest.param("https://good.example/%00", id="G13-escaped-nul"),
        pytest.param("https://good.example/%0d%0aX", id="G23-escaped-crlf"),
        pytest.param("https://good.example/%2e%2e/x", id="G13-escaped-dots"),
        pytest.param("https://good.example/a%2Fb", id="G13-escaped-slash"),
        pytest.param("https://good.example/#x", id="G13-fragment"),
        pytest.param("https://good.example/../x", id="G13-dot-segments"),
        pytest.param("https://good.example/a/.", id="G13-dot-segment-last"),
        pytest.param("https://good.example/%zz", id="G13-bad-escape"),
        pytest.param("https://localhost/", id="G14-localhost"),
        pytest.param("https://idp.localhost/", id="G14-localhost-sub"),
        pytest.param("https://metadata.google.internal/", id="G14-internal"),
        pytest.param("https://printer.local/", id="G14-local"),
        pytest.param("https://intranet/", id="G14-single-label"),
        pytest.param("https://idp.example.com./", id="G14-trailing-dot"),
        pytest.param("https://x.execute-api.eu-west-1.amazonaws.com/", id="G14-amazonaws"),
        pytest.param("https://cognito-idp.eu-west-1.amazonaws.com/p", id="G14-cognito"),
        pytest.param("https://-idp.example.com/", id="hyphen-first"),
        pytest.param("https://idp..example.com/", id="empty-label"),
        pytest.param("https://" + "a" * 64 + ".example/", id="label-64"),
        pytest.param("https://" + "a." * 130 + "example/", id="host-over-253"),
        pytest.param("https://idp.example.com/" + "a" * 1024, id="G22-too-long"),
        pytest.param("", id="empty"),
    ],
)
def test_everything_else_is_refused(url):
    with pytest.raises(ProviderError) as caught:
        outbound_url.check(url)
    assert caught.value.code == "provider_url_refused"


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("http://localhost:9080/realms/demo", 9080),
        ("http://127.0.0.1:9080/", 9080),
        ("http://idp.localhost", 80),
        ("https://idp.localhost:9443/", 9443),
    ],
)
def test_the_local_stack_may_call_this_machine(url, port):
    checked = outbound_url.check(url, loopback_allowed=True)
    assert (checked.port, checked.is_loopback) == (port, True)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://idp.example.com/", id="http-elsewhere"),
        pytest.param("https://idp.example.com:8443/", id="port-elsewhere"),
        pytest.param("http://10.0.0.1/", id="private-address"),
        pytest.param("http://127.0.0.2:80/", id="other-loopback-address"),
        pytest.param("http://localhost:99999/", id="no-such-port"),
        pytest.param("http://notlocalhost/", id="not-localhost"),
        pytest.param("http://localhost.example.com/", id="localhost-first"),
    ],
)
def test_the_local_stack_may_call_nothing_more_than_that(url):
    with pytest.raises(ProviderError, match="provider_url_refused"):
        outbound_url.check(url, loopback_allowed=True)


OWN = frozenset({"cognito-idp.eu-west-1.amazonaws.com"})


def test_a_host_of_the_deployment_may_be_awss_own():
    url = "https://cognito-idp.eu-west-1.amazonaws.com/p/.well-known/jwks.json"
    assert outbound_url.check(url, own_hosts=OWN).host in OWN


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://cognito-idp.eu-west-1.amazonaws.com/p", id="http"),
        pytest.param("https://cognito-idp.eu-west-1.amazonaws.com:8443/p", id="port"),
        pytest.param("https://x@cognito-idp.eu-west-1.amazonaws.com/p", id="userinfo"),
        pytest.param("https://sts.eu-west-1.amazonaws.com/", id="another-of-awss"),
    ],
)
def test_and_the_rest_holds_for_it_too(url):
    with pytest.raises(ProviderError, match="provider_url_refused"):
        outbound_url.check(url, own_hosts=OWN)


def test_a_crafted_url_costs_little_time():
    began = time.perf_counter()
    for url in ("https://" + "a-" * 500, "https://" + "a." * 500, "https://a.b/" + "%41" * 330):
        with pytest.raises(ProviderError):
            outbound_url.check(url + "\n")
    assert time.perf_counter() - began < 0.05


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"https?://[a-z0-9.:@\[\]\\/?#%-]{0,40}", fullmatch=True))
def test_what_is_accepted_is_on_port_443_of_a_public_name(url):
    try:
        checked = outbound_url.check(url)
    except ProviderError:
        return
    assert checked.port == 443
    assert url.startswith(f"https://{checked.host}")
    assert not checked.host.replace(".", "").isdigit()
