"""What a submitted draft may hold, and what saving it makes of the connection."""

from dataclasses import replace

import pytest

from authsso.errors import FieldError, SettingsError
from authsso.model import Connection
from authsso.protocol import connection_settings as settings
from harness.providers import metadata, version

NOW = 1_795_600_800  # 2026-11-25
ISSUER = "https://idp.example.com"
GOOD = settings.Submitted(
    discovery_url=ISSUER,
    client_id="client",
    client_secret="s3cret",
    method="POST",
    secret_expires_on=None,
    client_authentication=None,
    response_mode="query",
    scopes=("openid", "email"),
    attribute_mapping={"email": "mail"},
    group_mapping={},
)
STORED = settings.StoredSecret("secret-1", ISSUER, "client", set_at=5, expires_on="2027-01-01")


def judge(submitted, *, stored=(), typed=(), allowed_groups=()):
    settings.judge(submitted, typed, stored=stored, allowed_groups=allowed_groups, now=NOW)


def codes(submitted, **options):
    with pytest.raises(SettingsError, match="invalid_settings") as refused:
        judge(submitted, **options)
    assert refused.value.status == 400
    assert all(mistake.fix for mistake in refused.value.fields)
    return [(mistake.field, mistake.code) for mistake in refused.value.fields]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(
            {"attribute_mapping": {name: "x"}},
            [(f"attribute_mapping.{name}", "attribute_protected")],
            id=f"D09-{name}",
        )
        for name in (
            "custom:tenant_id",
            "custom:role",
            "cognito:groups",
            "cognito:username",
            "dev:role",
            "identities",
            "username",
            "sub",
            "email_verified",
            "phone_number_verified",
        )
    ]
    + [
        pytest.param(
            {"attribute_mapping": {"nickname": "x"}},
            [("attribute_mapping.nickname", "attribute_unknown")],
            id="D09-not on the list",
        ),
        pytest.param(
            {"attribute_mapping": {"email": "a b"}},
            [("attribute_mapping.email", "claim_malformed")],
            id="claim with blank",
        ),
        pytest.param(
            {"group_mapping": {"Staff": "tenant-admins"}},
            [("group_mapping.Staff", "group_not_allowed")],
            id="F23-administrators",
        ),
        pytest.param(
            {"group_mapping": {"Staff": "other"}},
            [("group_mapping.Staff", "group_not_allowed")],
            id="F23-not on the list",
        ),
        pytest.param({"scopes": ("email",)}, [("scopes", "scope_openid_missing")], id="no openid"),
        pytest.param({"scopes": ()}, [("scopes", "scope_openid_missing")], id="no scopes"),
        pytest.param(
            {"scopes": ("openid", "a\r\nb")}, [("scopes", "scope_malformed")], id="G23-scope"
        ),
        pytest.param(
            {"secret_expires_on": "31.03.2027"},
            [("secret_expires_on", "secret_expires_on_malformed")],
            id="date in German",
        ),
        pytest.param(
            {"secret_expires_on": "2027-02-29"},
            [("secret_expires_on", "secret_expires_on_malformed")],
            id="no such day",
        ),
        pytest.param(
            {"secret_expires_on": "2026-11-24"},
            [("secret_expires_on", "secret_expires_on_past")],
            id="yesterday",
        ),
        pytest.param(
            {"client_secret": None}, [("client_secret", "secret_required")], id="F10-none"
        ),
    ],
)
def test_a_wrong_submission_is_refused(change, found):
    assert codes(replace(GOOD, **change), allowed_groups=("staff", "tenant-admins")) == found


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="good"),
        pytest.param({"secret_expires_on": "2026-11-25"}, id="expires today"),
        pytest.param({"group_mapping": {"Staff": "staff"}}, id="allowed group"),
    ],
)
def test_a_right_submission_goes_through(change):
    judge(replace(GOOD, **change), allowed_groups=("staff", "tenant-admins"))


def test_an_old_date_beside_a_kept_secret_is_a_warning_only():
    judge(replace(GOOD, client_secret=None, secret_expires_on="2026-01-01"), stored=(STORED,))


def test_every_mistake_is_named_at_once():
    typed = [FieldError("client_id", "client_id_not_guid", "m", "f")]

    found = codes(replace(GOOD, scopes=(), secret_expires_on="x"), typed=typed)

    assert [field for field, _ in found] == ["client_id", "secret_expires_on", "scopes"]


@pytest.mark.parametrize(
    ("submitted", "issuer"),
    [
        pytest.param(replace(GOOD, client_secret=None, client_id="other"), ISSUER, id="F10-client"),
        pytest.param(replace(GOOD, client_secret=None), "https://evil.example", id="F10-issuer"),
        pytest.param(replace(GOOD, client_secret=None), f"{ISSUER}/", id="F10-slash"),
    ],
)
def test_a_stored_secret_goes_nowhere_else(submitted, issuer):
    with pytest.raises(SettingsError) as refused:
        settings.complete(submitted, metadata(issuer=issuer), stored=(STORED,))

    assert [mistake.code for mistake in refused.value.fields] == ["secret_required"]


def test_the_secret_of_another_client_id_is_refused_before_the_provider_is_asked():
    submitted = replace(GOOD, client_secret=None, client_id="other")

    assert codes(submitted, stored=(STORED,)) == [("client_secret", "secret_required")]


def test_the_first_stored_secret_that_fits_is_kept():
    live = replace(STORED, secret_id="secret-0")
    foreign = replace(STORED, issuer="https://other.example", secret_id="secret-2")

    done = settings.complete(
        replace(GOOD, client_secret=None), metadata(), stored=(foreign, STORED, live)
    )

    assert done.kept_secret == STORED


def test_a_new_secret_replaces_any_other():
    assert settings.complete(GOOD, metadata(), stored=(STORED,)).kept_secret is None


@pytest.mark.parametrize(
    ("offered", "asked", "used"),
    [
        (("client_secret_basic", "client_secret_post"), None, "client_secret_basic"),
        (("client_secret_post",), None, "client_secret_post"),
        ((), None, "client_secret_basic"),
        (("client_secret_basic", "client_secret_post"), "client_secret_post", "client_secret_post"),
    ],
)
def test_client_authentication_follows_the_metadata(offered, asked, used):
    done = settings.complete(
        replace(GOOD, client_authentication=asked),
        metadata(client_authentication=offered),
        stored=(),
    )

    assert done.client_authentication == used


def test_what_the_provider_does_not_offer_is_named():
    submitted = replace(
        GOOD, client_authentication="client_secret_basic", response_mode="form_post"
    )

    with pytest.raises(SettingsError) as refused:
        settings.complete(submitted, metadata(), stored=())

    assert [mistake.code for mistake in refused.value.fields] == [
        "client_authentication_unsupported",
        "response_mode_unsupported",
    ]


def test_a_version_says_everything_but_the_secret():
    done = settings.complete(GOOD, metadata(), stored=())

    made = settings.new_version(done, number=3, secret_id="secret-9", saved_at=NOW, saved_by="anna")

    assert "s3cret" not in repr((made, done))
    assert (made.number, made.secret_id, made.secret_set_at) == (3, "secret-9", NOW)
    assert made.metadata == metadata()


def test_a_kept_secret_keeps_its_dates():
    done = settings.complete(replace(GOOD, client_secret=None), metadata(), stored=(STORED,))

    made = settings.new_version(done, number=3, secret_id="secret-1", saved_at=NOW, saved_by="anna")

    assert (made.secret_set_at, made.secret_expires_on) == (5, "2027-01-01")


def test_a_draft_leaves_what_is_live_alone():
    head = Connection("t", "azure", "id", enabled=True, live=2, draft=3, last_number=3, revision=7)

    assert settings.with_draft(head, 4, now=NOW) == replace(
        head, draft=4, last_number=4, revision=8, changed_at=NOW
    )


def test_whoever_comes_second_is_told_the_fields():
    current = version(2, method="GET", scopes=("openid", "email"), attribute_mapping={"email": "m"})

    found = settings.changed_fields(GOOD, current)

    assert [mistake.field for mistake in found] == ["method", "attribute_mapping"]
    assert "GET" in found[0].message


@pytest.mark.parametrize(
    ("sent", "saved", "words"),
    [
        ({"secret_expires_on": "2031-05-17"}, {"secret_expires_on": None}, "nothing"),
        ({"group_mapping": {"staff": "editors"}}, {"group_mapping": {}}, "nothing"),
        ({"logout_at_provider": True}, {"logout_at_provider": False}, "No"),
        ({"scopes": ("openid",)}, {"scopes": ("openid", "email")}, "openid email"),
        ({}, {"attribute_mapping": {"email": "mail", "name": "cn"}}, "email → mail, name → cn"),
    ],
)
def test_what_was_saved_meanwhile_is_told_in_words(sent, saved, words):
    good = {"scopes": GOOD.scopes, "attribute_mapping": GOOD.attribute_mapping}

    (found,) = settings.changed_fields(replace(GOOD, **sent), version(2, **good | saved))

    assert found.message == f"Saved meanwhile: {words}."
    assert found.fix == "Save again to put yours over it."
