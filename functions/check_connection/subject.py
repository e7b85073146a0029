"""What is checked: what was typed, or else the draft, or else what is live."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from authsso.errors import FieldError, SettingsError
from authsso.model import ClientAuthentication, Connection, ConnectionVersion, Method, ProviderKind
from authsso.providers.forms import mends
from authsso.providers.forms.mends import Mend
from authsso.providers.forms.typed_values import find_mistakes
from authsso.web.settings import submission

if TYPE_CHECKING:
    from authsso.services import Services
    from authsso.web.settings.request_models import ConnectionSettings


@dataclass(frozen=True, slots=True)
class Subject:
    """The values of one check.

    Args:
        connection: The head; of revision 0 before the first save.
        discovery_url: As it is compared.
        client_id: As tokens carry it.
        client_secret: As typed; None: one of `stored` is used, if it belongs to these values.
        method: Of UserInfo.
        client_authentication: None: the best that the provider takes.
        stored: Versions whose secret may be used.
        mistakes: What is wrong with the typed values themselves.
        mends: Better values.
        version: Number of the saved version that is checked; None for typed values.
    """

    connection: Connection
    discovery_url: str
    client_id: str
    client_secret: str | None = field(repr=False)
    method: Method
    client_authentication: ClientAuthentication | None
    stored: tuple[ConnectionVersion, ...]
    mistakes: tuple[FieldError, ...] = ()
    mends: tuple[Mend, ...] = ()
    version: int | None = None


def find(
    services: "Services",
    tenant_id: str,
    provider: ProviderKind,
    settings: "ConnectionSettings | None",
) -> Subject:
    """Find out what is to be checked.

    Raises:
        SettingsError: 409 `takes_no_settings`, `nothing_to_check`.
    """
    connection = services.connections.connection(tenant_id, provider) or Connection(
        tenant_id, provider, services.connections.connection_ids(tenant_id)[provider]
    )
    stored = tuple(
        version
        for number in (connection.draft, connection.live)
        if number is not None
        and (version := services.connections.version(tenant_id, provider, number))
    )
    if settings is not None:
        return _typed(services, connection, settings, stored)
    if not stored:
        raise SettingsError(
            "nothing_to_check", status=409, title="Nothing is saved yet; send what is typed."
        )
    newest = stored[0]
    return Subject(
        connection,
        newest.discovery_url,
        newest.client_id,
        None,
        newest.method,
        newest.client_authentication,
        (newest,),
        version=newest.number,
    )


def _typed(
    services: "Services",
    connection: Connection,
    settings: "ConnectionSettings",
    stored: tuple[ConnectionVersion, ...],
) -> Subject:
    provider = connection.provider
    form = submission.form_of(provider)
    submitted = submission.read(form, provider, settings)
    around = submission.surroundings(services.config, provider)
    return Subject(
        connection,
        submitted.discovery_url,
        submitted.client_id,
        submitted.client_secret,
        submitted.method,
        submitted.client_authentication,
        stored,
        find_mistakes(form, submission.typed(submitted), around),
        mends.find(provider, form, settings.discovery_url, around),
    )
