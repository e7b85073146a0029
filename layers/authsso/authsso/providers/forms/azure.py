"""How Microsoft Entra ID is set up."""

from authsso.providers.forms import azure_rules
from authsso.providers.forms.address_rules import ANY_ADDRESS, is_elsewhere, is_saml
from authsso.providers.forms.form import ProviderForm, three_fields
from authsso.providers.forms.value_rules import ANY_VALUE

FORM = ProviderForm(
    guide_url="https://learn.microsoft.com/entra/identity-platform/quickstart-register-app",
    fields=three_fields(
        client_id=(
            "App registrations > your app > Overview: Application (client) ID.",
            "3f1c2a9e-5b7d-4c1e-9a42-0d6f8b3e7c15",
        ),
        client_secret=(
            "Certificates & secrets > Client secrets: the Value, not the Secret ID.",
            "aB38Q~...",
        ),
        discovery_url=(
            "Overview: Directory (tenant) ID. The ID alone will do.",
            "https://login.microsoftonline.com/{Directory (tenant) ID}/v2.0",
        ),
    ),
    # What an ID token of version 2.0 carries by itself; more would cost a call to UserInfo.
    attribute_mapping={"email": "email", "name": "name"},
    normalise=azure_rules.normalise,
    normalise_client_id=azure_rules.normalise_client_id,
    address_rules=(
        azure_rules.has_placeholder,
        azure_rules.is_portal,
        is_saml,
        azure_rules.is_closed_cloud,
        azure_rules.is_customer_tenant,
        azure_rules.is_alias,
        is_elsewhere,
        azure_rules.is_endpoint,
        azure_rules.is_open_to_all,
        azure_rules.is_personal,
        azure_rules.is_named_by_domain,
        azure_rules.is_version_1,
        azure_rules.is_not_an_issuer,
        *ANY_ADDRESS,
    ),
    value_rules=(
        azure_rules.client_secret_is_secret_id,
        *ANY_VALUE,
        azure_rules.client_id_is_tenant_id,
        azure_rules.client_id_is_not_a_guid,
    ),
)
