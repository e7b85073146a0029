"""What a first save lacks though its shape is right: nothing is stored to go on with."""

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from authsso.errors import FieldError, SettingsError
from authsso.protocol import connection_settings
from authsso.web.settings import json_body

_CONNECTIONS = "/settings/sso/connections/"


def missing_secret(event: APIGatewayProxyEventV2) -> tuple[FieldError, ...]:
    """Name the secret that a connection's first save does not bring.

    A shape that is wrong is answered before anything is looked up, so that the secret would be
    named at the second attempt only. Whoever sends no If-Match says that nothing is stored yet.

    Args:
        event: The request, which is refused already.
    """
    is_save = event.http_method == "PUT" and event.raw_path.startswith(_CONNECTIONS)
    if not is_save or "if-match" in event.headers:
        return ()
    try:
        body = json_body.parse(event.decoded_body or "")
    except SettingsError:
        return ()  # no object, so there is more to tell than that
    if body.get("client_secret") is not None:
        return ()
    return (connection_settings.secret_required(()),)
