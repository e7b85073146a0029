"""Our triggers on a pool that was there before: nothing is lost, nothing is replaced."""

import copy

import boto3
import pytest

from existing_pool import gaps, slots, triggers, whole_update
from existing_pool.candidate import PoolProvider
from harness.template import resources

OURS = "arn:aws:lambda:eu-central-1:123456789012:function:authsso-triggers:live"
THEIRS = "arn:aws:lambda:eu-central-1:123456789012:function:theirs"
V2 = {"LambdaArn": THEIRS, "LambdaVersion": "V2_0"}
OTHERS = {
    "PostConfirmation": THEIRS,
    "UserMigration": THEIRS,
    "CustomEmailSender": {"LambdaArn": THEIRS, "LambdaVersion": "V1_0"},
    "KMSKeyID": "arn:aws:kms:eu-central-1:123456789012:key/k",
}
CLIENT = {
    "ClientId": "app",
    "ClientName": "Portal",
    "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"],
    "WriteAttributes": ["name"],
    "AllowedOAuthScopes": ["openid", "aws.cognito.signin.user.admin"],
}
POOL = {
    "Id": "eu-central-1_old",
    "Name": "people",
    "Arn": "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_old",
    "Domain": "people",
    "UserPoolTier": "ESSENTIALS",
    "SchemaAttributes": [{"Name": "custom:tenant_id", "Mutable": True}],
    "LambdaConfig": OTHERS,
    "Policies": {"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 7}},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True, "UnusedAccountValidityDays": 7},
    "UserPoolTags": {"team": "people", "aws:cloudformation:stack-name": "old"},
    "MfaConfiguration": "OPTIONAL",
    "DeletionProtection": "ACTIVE",
    "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
    "UsernameConfiguration": {"CaseSensitive": False},
}
FACTORS = {
    "MfaConfiguration": "OPTIONAL",
    "SoftwareTokenMfaConfiguration": {"Enabled": True},
    "WebAuthnConfiguration": {"RelyingPartyId": "example.com"},
}


class FakePool:
    """Does to a pool what Cognito does: UpdateUserPool resets what it is not given."""

    def __init__(self, **changes):
        self.now = copy.deepcopy(POOL | changes)
        self.client_list, self.group_names = [CLIENT], {"tenant-admins"}
        self.updates, self.provider_list = 0, []
        self.lost, self.lost_factors = (), ()
        self.forgets_old_validity = False

    def describe(self):
        return copy.deepcopy(self.now)

    def factors(self):
        return {n: v for n, v in FACTORS.items() if not (self.updates and n in self.lost_factors)}

    def clients(self):
        return self.client_list

    def groups(self):
        return self.group_names

    def providers(self):
        return self.provider_list

    def set_triggers(self, pool, lambda_config):
        kept = {name: value for name, value in pool.items() if name not in self.lost}
        self.now = copy.deepcopy({**kept, "LambdaConfig": lambda_config, "LastModifiedDate": 1})
        if self.forgets_old_validity:
            del self.now["AdminCreateUserConfig"]["UnusedAccountValidityDays"]
        self.updates += 1


def attach(pool, *, dry_run=False):
    return triggers.attach(pool, OURS, ("app",), dry_run=dry_run)


# --- what is refused


@pytest.mark.parametrize(
    ("slot", "held"),
    [(name, V2 if version else THEIRS) for name, version in slots.SLOTS.items()]
    + [("PreTokenGeneration", THEIRS)],
)
def test_a_trigger_of_somebody_else_is_named_and_never_replaced(slot, held):
    pool = FakePool(LambdaConfig={slot: held})
    with pytest.raises(triggers.PoolNotReadyError, match=THEIRS) as refused:
        attach(pool)
    assert f"Trigger {slot.removesuffix('Config')}" in str(refused.value)
    assert pool.updates == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"UserPoolTier": "LITE"}, "ESSENTIALS", id="tier"),
        pytest.param({"Domain": None}, "No domain", id="domain"),
        pytest.param({"SchemaAttributes": []}, "add-custom-attributes", id="no-tenant"),
        pytest.param(
            {"SchemaAttributes": [{"Name": "custom:tenant_id", "Mutable": False}]},
            "immutable",
            id="tenant-immutable",
        ),
        pytest.param(
            {"UsernameAttributes": ["phone_number"]}, "phone numbers alone", id="phone-numbers"
        ),
    ],
)
def test_what_a_pool_lacks_is_named_with_its_remedy(change, words):
    pool = FakePool(**change)
    with pytest.raises(triggers.PoolNotReadyError, match=words):
        attach(pool)
    assert pool.updates == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"WriteAttributes": ["email"]}, "write email", id="F07-address"),
        pytest.param({"WriteAttributes": ["custom:tenant_id"]}, "tenant_id", id="F07-tenant"),
        pytest.param({"WriteAttributes": []}, "names no WriteAttributes", id="F07-default"),
        pytest.param(
            {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}, "ALLOW_CUSTOM_AUTH", id="custom-auth"
        ),
        pytest.param({"ClientId": "other"}, "app is not of this pool", id="other-client"),
    ],
)
def test_an_app_client_that_is_not_fit_is_named(change, words):
    pool = FakePool()
    pool.client_list = [CLIENT | change]
    with pytest.raises(triggers.PoolNotReadyError, match=words):
        attach(pool)


def test_the_administrators_group_must_be_there():
    pool = FakePool()
    pool.group_names = set()
    with pytest.raises(triggers.PoolNotReadyError, match="create-group"):
        attach(pool)


def test_every_gap_is_told_at_once():
    bare = {"Id": "x", "Name": "x"}
    assert len(gaps.find(bare, [CLIENT | {"WriteAttributes": []}], (), ("app", "gone"))) == 6


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"UsernameAttributes": ["email"]}, "email_taken"),
        ({"UsernameAttributes": ["phone_number", "email"]}, "email_taken"),
        ({"UsernameConfiguration": {"CaseSensitive": True}}, "capitals"),
        ({"MfaConfiguration": "ON"}, "MFA is required"),
        (
            {"UserPoolAddOns": {"AdvancedSecurityAdditionalFlows": {"CustomAuthMode": "ENFORCED"}}},
            "Threat protection",
        ),
    ],
)
def test_what_works_differently_on_a_pool_is_told_and_stops_nothing(change, words):
    pool = FakePool(**change)
    (after_confirmation,) = gaps.notes(POOL, [CLIENT])
    assert "PostConfirmation" in after_confirmation
    assert any(words in line for line in attach(pool))
    assert pool.updates == 1


def test_F07_a_provider_that_chooses_the_tenant_is_named():
    pool = FakePool()
    mapping = {"email": "email", "custom:tenant_id": "company"}
    pool.provider_list = [PoolProvider("Okta", "OIDC", {}, mapping, ())]
    with pytest.raises(
        triggers.PoolNotReadyError, match="Okta: it writes custom:tenant_id from its claim"
    ):
        triggers.attach(pool, OURS, ("app",), dry_run=False)
    assert pool.updates == 0
    pool.provider_list = [PoolProvider("Okta", "OIDC", {}, {"email": "email"}, ())]
    assert triggers.attach(pool, OURS, ("app",), dry_run=True)


def test_app_clients_whose_tokens_lose_a_scope_are_told():
    pool = FakePool()
    pool.client_list = [CLIENT, CLIENT | {"ClientName": "Mobile", "AllowedOAuthScopes": []}]
    told = next(line for line in attach(pool) if "aws.cognito.signin.user.admin" in line)
    assert "Mobile" in told
    assert "Portal" not in told


@pytest.mark.parametrize("flows", [[], ["ALLOW_CUSTOM_AUTH"], ["CUSTOM_AUTH_FLOW_ONLY"]])
def test_an_app_client_that_names_no_flows_has_custom_authentication(flows):
    assert not gaps.find(POOL, [CLIENT | {"ExplicitAuthFlows": flows}], {"tenant-admins"}, ("app",))


# --- what is done


def test_a_dry_run_changes_nothing_and_says_what_would_be():
    pool = FakePool()
    told = attach(pool, dry_run=True)
    assert told == [*gaps.notes(POOL, [CLIENT]), *(f"{n}: would be attached" for n in slots.SLOTS)]
    assert pool.now == POOL
    attach(pool)
    attached = pool.describe()
    triggers.detach(pool, OURS, dry_run=True)
    assert pool.now == attached


def test_the_slots_are_those_of_the_template():
    made = resources("AWS::Cognito::UserPool")["UserPool"]["LambdaConfig"]
    assert set(made) == set(slots.SLOTS)
    versions = {n: v.get("LambdaVersion") for n, v in made.items() if "LambdaVersion" in v}
    assert versions == {n: v for n, v in slots.SLOTS.items() if v}


def test_other_triggers_stay_and_detaching_restores_what_was_there():
    pool = FakePool()
    attach(pool)
    config = pool.now["LambdaConfig"]
    assert OTHERS.items() <= config.items()
    assert {slots.held_by(config, name) for name in slots.SLOTS} == {OURS}
    # Cognito shows the old name as well.
    config["PreTokenGeneration"] = OURS
    triggers.detach(pool, OURS, dry_run=False)
    assert pool.now == POOL | {"LastModifiedDate": 1}


def test_attaching_twice_and_detaching_what_is_not_there_do_nothing():
    pool = FakePool()
    attach(pool)
    assert attach(pool)[-1] == "Nothing to do."
    assert pool.updates == 1
    assert triggers.detach(FakePool(), OURS, dry_run=False) == ["Nothing to do."]


@pytest.mark.parametrize("name", ["Policies", "EmailConfiguration", "UserPoolTags"])
def test_what_an_update_loses_is_told_with_its_value(name):
    pool = FakePool()
    pool.lost = (name,)
    with pytest.raises(triggers.MoreChangedError, match=f"{name} was .* None now"):
        attach(pool)


def test_the_old_spelling_that_cognito_derives_is_no_loss():
    pool = FakePool()
    pool.forgets_old_validity = True
    assert "attached" in attach(pool)[-1]


@pytest.mark.parametrize("name", sorted(FACTORS))
def test_a_second_factor_that_an_update_loses_is_told(name):
    pool = FakePool()
    pool.lost_factors = (name,)
    attached = FakePool()
    attach(attached)
    pool.now = attached.now
    with pytest.raises(triggers.MoreChangedError, match=name):
        triggers.detach(pool, OURS, dry_run=False)


# --- UpdateUserPool


def model(operation):
    client = boto3.client("cognito-idp", region_name="eu-central-1")
    return client.meta.service_model.operation_model(operation)


def accepted():
    return set(model("UpdateUserPool").input_shape.members)


def test_whatever_cognito_takes_of_what_it_shows_is_sent_back():
    shown = model("DescribeUserPool").output_shape.members["UserPool"].members
    rich = {name: {"is": name} for name in accepted() & set(shown)}
    sent = whole_update.request(POOL | rich, rich["LambdaConfig"], accepted())
    assert {name: sent[name] for name in rich} == rich
    assert set(sent) == accepted()


def test_an_update_loses_nothing_of_the_pool():
    sent = whole_update.request(POOL, {"PreSignUp": OURS}, accepted())
    settable = {n: v for n, v in POOL.items() if n in accepted()}
    altered = {"LambdaConfig", "AdminCreateUserConfig", "UserPoolTags"}
    assert {n: sent[n] for n in settable if n not in altered} == {
        n: v for n, v in settable.items() if n not in altered
    }
    assert (sent["UserPoolId"], sent["PoolName"]) == (POOL["Id"], POOL["Name"])
    assert sent["LambdaConfig"] == {"PreSignUp": OURS}
    assert set(sent) <= accepted()


def test_what_cognito_shows_and_does_not_take_is_left_out():
    sent = whole_update.request(POOL | {"EmailVerificationMessage": ""}, {}, accepted())
    assert sent["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert sent["UserPoolTags"] == {"team": "people"}
    assert "EmailVerificationMessage" not in sent
    old = {**POOL, "Policies": {"PasswordPolicy": {"MinimumLength": 8}}}
    kept = whole_update.request(old, {}, accepted())["AdminCreateUserConfig"]
    assert kept["UnusedAccountValidityDays"] == 7
