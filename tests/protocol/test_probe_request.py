"""What a check asks a provider."""

import pytest

from authsso.protocol import outbound_url, probe_request
from harness.providers import metadata


@pytest.mark.parametrize("query", ["", "?p=policy"])
def test_the_silent_request_is_one_that_may_be_sent(query):
    known = metadata(authorization_endpoint=f"https://idp.example/authorize{query}")
    uri = "https://authsso.saas.example/oauth2/idpresponse"
    url = probe_request.silent_url(known, "client", uri)
    assert outbound_url.check(url).url == url
    assert f"redirect_uri={uri}&" in url
