"""What an administrator sent, as the rules read it; saved and checked alike."""

from authsso.config import Config
from authsso.errors import SettingsError
from authsso.model import ProviderKind
from authsso.protocol.connection_settings import Submitted
from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.forms.form import ProviderForm
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.web.settings.request_models import ConnectionSettings


def form_of(provider: ProviderKind) -> ProviderForm:
    """Return how a provider kind is set up.

    Raises:
        SettingsError: 409 `takes_no_settings`.
    """
    form = FORMS[provider]
    if not form.fields:
        raise SettingsError(
            "takes_no_settings",
            status=409,
            title=f"{PROFILES[provider].name} needs no settings; there is nothing to save.",
        )
    return form


def read(form: ProviderForm, provider: ProviderKind, settings: ConnectionSettings) -> Submitted:
    """Fill in what was left out, and bring addresses to the form in which they are compared."""
    scopes = PROFILES[provider].default_scopes if settings.scopes is None else settings.scopes
    attributes = settings.attribute_mapping
    return Submitted(
        discovery_url=form.normalise(settings.discovery_url),
        client_id=form.normalise_client_id(settings.client_id),
        client_secret=settings.client_secret,
        method=settings.method,
        secret_expires_on=settings.secret_expires_on,
        client_authentication=settings.client_authentication,
        response_mode=settings.response_mode or form.response_mode,
        scopes=tuple(dict.fromkeys(scopes)),
        attribute_mapping=dict(form.attribute_mapping if attributes is None else attributes),
        group_mapping=dict(settings.group_mapping or {}),
        logout_at_provider=settings.logout_at_provider,
    )


def typed(submitted: Submitted) -> TypedValues:
    """Return what the rules of the form look at."""
    return TypedValues(submitted.discovery_url, submitted.client_id, submitted.client_secret)


def surroundings(config: Config, provider: ProviderKind) -> Surroundings:
    """Return what this deployment allows for a provider kind."""
    pinned = PROFILES[provider].pinned_hosts
    more = config.pinned_hosts.get(provider, ())
    # A kind that may be anywhere stays so: one more host must not become its only one.
    return Surroundings((*pinned, *more) if pinned else (), config.allow_loopback)
