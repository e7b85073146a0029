"""What is deployed and what it stands on: pinned packages, our files, a whole environment."""

import copy
import re
import subprocess

import pytest
from jose import jwk
from jose.backends import cryptography_backend

from authsso.config import Config, ConfigurationError
from authsso.services import Services
from authsso.web import entrypoint
from harness.settings_fakes import CONFIG
from harness.template import ROOT, resources, template

DEPENDENCIES = ROOT / "layers/dependencies"
# What CodeUri and the layers send to AWS.
SENT = ("functions", "layers/authsso")
KINDS = {".py", ".html", ".css", ".js", ".svg", ".toml", ".txt", ".typed", ".json"}


def sent() -> list[str]:
    listed = subprocess.run(  # noqa: S603
        ["git", "ls-files", "-co", "--exclude-standard", *SENT],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return listed.stdout.splitlines()


def test_I10_every_package_is_pinned_by_hash():
    text = (DEPENDENCIES / "requirements.txt").read_text()
    pinned = re.split(r"\n(?=[A-Za-z0-9])", text.partition("\n")[2])
    for entry in (entry for entry in pinned if re.match(r"[A-Za-z0-9]", entry)):
        assert re.match(r"[A-Za-z0-9_.\[\],-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert "python-jose[cryptography]==3.5.0" in (DEPENDENCIES / "requirements.in").read_text()


def test_I10_signatures_run_on_cryptography_and_never_on_ecdsa():
    """`ecdsa` comes along (CVE-2024-23342, see SECURITY.md) and is not what is called."""
    assert jwk.get_key("RS256") is cryptography_backend.CryptographyRSAKey
    assert jwk.get_key("ES256") is cryptography_backend.CryptographyECKey
    assert "CVE-2024-23342" in (ROOT / "SECURITY.md").read_text()


def test_I13_only_our_own_files_are_deployed():
    assert template()["Globals"]["Function"]["CodeUri"] == "functions/"
    for path in sent():
        name = path.rsplit("/", 1)[-1]
        assert "." + name.rpartition(".")[2] in KINDS, path
        assert not re.search(r"(^|/)(tests?|\.git|\.env|local)(/|$)", path), path
        assert "PRIVATE KEY-----" not in (ROOT / path).read_text(), path


def test_I13_nothing_for_development_is_on_by_default():
    parameters = template()["Parameters"]
    assert parameters["LocalDevelopment"]["Default"] == "false"
    assert parameters["LogLevel"]["Default"] != "DEBUG"
    variables = template()["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["ALLOW_LOOPBACK"] == {"Ref": "LocalDevelopment"}
    assert not any("DEBUG" in name or "_DEV" in name for name in variables)


def test_I12_two_functions_from_one_snapshot_draw_different_values():
    """SnapStart restores one memory many times: chance must come from the kernel at each use."""
    snapshot = Services(CONFIG)
    snapshot.new_token()
    restored = [copy.copy(snapshot) for _ in range(3)]
    values = {each.new_token() for each in restored for _ in range(100)}
    assert len(values) == 300
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", value) for value in values)


def environment() -> dict[str, str]:
    variables = template()["Globals"]["Function"]["Environment"]["Variables"]
    good = {name: "x" for name in variables if not name.startswith("POWERTOOLS_")}
    numbers = {name: "1" for name in good if name.endswith(("_DAYS", "_PER_MINUTE"))}
    empty = ("PINNED_HOSTS", "APPLICATION_START_URLS", "LOGO_URL", "ACCENT_COLOUR")
    return good | numbers | dict.fromkeys(empty, "") | {"ALLOW_LOOPBACK": "false"}


def test_a_whole_environment_is_taken():
    assert Config.from_environment(environment()).allow_loopback is False


@pytest.mark.parametrize("missing", environment())
def test_K06_one_missing_variable_ends_it(missing):
    """Nothing has a default in the code that would open a door."""
    with pytest.raises(ConfigurationError, match=missing):
        Config.from_environment({n: v for n, v in environment().items() if n != missing})


@pytest.mark.parametrize("text", ["", "1", "True", "TRUE", "yes", " true"])
def test_K06_a_switch_that_cannot_be_read_is_not_off_or_on(text):
    with pytest.raises(ConfigurationError):
        Config.from_environment(environment() | {"ALLOW_LOOPBACK": text})


def test_J20_what_failed_at_first_fails_again_and_is_never_half_there(monkeypatch):
    """API Gateway answers a function that raises with a 500 of its own, without our text."""
    for name in environment():
        monkeypatch.delenv(name, raising=False)
    made: list[object] = []
    handler = entrypoint.lambda_handler(made.append)
    for _ in range(3):
        with pytest.raises(ConfigurationError):
            handler({"requestContext": {"requestId": "r"}}, Context())
    assert made == []


class Context:
    """What Powertools' logger and our deadline read of a Lambda context."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "x"

    def get_remaining_time_in_millis(self):
        return 25_000


def test_K38_the_custom_domain_takes_no_old_tls():
    (domain,) = resources("AWS::ApiGatewayV2::DomainName").values()
    for configuration in domain["DomainNameConfigurations"]:
        assert configuration["SecurityPolicy"] == "TLS_1_2"


def test_H14_no_origin_but_those_of_the_parameter_may_read_answers():
    """CORS of an HTTP API is one for all its routes (design.md 6b)."""
    (api,) = resources("AWS::ApiGatewayV2::Api").values()
    cors = api["CorsConfiguration"]
    assert cors["AllowCredentials"] is False
    assert cors["AllowOrigins"] == {"Ref": "AllowedOrigins"}
    default = template()["Parameters"]["AllowedOrigins"]["Default"]
    assert "*" not in default
    assert "null" not in default


def test_E37_every_route_has_a_limit_and_guessing_a_recovery_code_a_low_one():
    (stage,) = resources("AWS::ApiGatewayV2::Stage").values()
    limits = stage["DefaultRouteSettings"]
    assert {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(limits)
    assert stage["RouteSettings"]["POST /recover"]["ThrottlingRateLimit"] <= 2
