"""What an HTTP API does that ministack does not: CORS from templates, custom domains, the event."""

import json

from ministack import app
from ministack.services import apigateway, lambda_svc
from ministack.services.cloudformation import provisioners

from emulator.repair import Foreign, Function, replaces, replaces_handler

Properties = dict[str, Foreign]

_api_handlers = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]


def _with_api_casing(properties: Properties) -> Properties:
    """The properties with the CORS keys spelled as the service's API spells them."""
    cors = properties.get("CorsConfiguration")
    if not cors:
        return properties
    spelled = {key[:1].lower() + key[1:]: value for key, value in cors.items()}
    if "maxAge" in spelled:
        spelled["maxAge"] = int(spelled["maxAge"])
    return properties | {"CorsConfiguration": spelled}


@replaces_handler(_api_handlers, "create")
def cors_of_a_new_api(
    create: Function, logical_id: str, properties: Properties, stack: str
) -> Foreign:
    """CorsConfiguration is stored with the template's capitals, so every preflight is refused."""
    return create(logical_id, _with_api_casing(properties), stack)


@replaces_handler(_api_handlers, "update")
def cors_of_a_changed_api(
    update: Function,
    physical_id: str,
    old: Properties,
    new: Properties,
    *rest: Foreign,
    **named: Foreign,
) -> Foreign:
    """As above, for an API that a later deployment changes."""
    return update(physical_id, _with_api_casing(old), _with_api_casing(new), *rest, **named)


def is_custom_domain(host: str, path: str) -> bool:
    """Whether the request is for a custom domain that an API is mapped to."""
    return app._resolve_custom_domain_request(host, path) is not None


@replaces(app, "_handle_cognito_get_request")
async def custom_domain_owns_what_it_reads(
    handle: Function, method: str, path: str, headers: dict[str, str], query: Foreign
) -> Foreign:
    """GET /oauth2/authorize, /oauth2/userInfo and /logout go to the pool on every host."""
    if is_custom_domain(headers.get("host", ""), path):
        return None
    return await handle(method, path, headers, query)


@replaces(app, "_handle_cognito_body_request")
async def custom_domain_owns_what_it_takes(
    handle: Function, method: str, path: str, headers: dict[str, str], *rest: Foreign
) -> Foreign:
    """POST /oauth2/token, /login and /oauth2/userInfo go to the pool on every host."""
    if is_custom_domain(headers.get("host", ""), path):
        return None
    return await handle(method, path, headers, *rest)


def _complete(event: dict[str, Foreign]) -> None:
    context, headers = event["requestContext"], event["headers"]
    host = headers.get("host", "")

    cookies = [part.strip() for part in headers.pop("cookie", "").split(";")]
    if any(cookies):
        event["cookies"] = [cookie for cookie in cookies if cookie]

    if host and is_custom_domain(host, event["rawPath"]):
        context["domainName"] = host.split(":")[0]
    context["domainPrefix"] = context["domainName"].split(".")[0]

    peer = context["http"]["sourceIp"]
    already = headers.get("x-forwarded-for")
    headers["x-forwarded-for"] = f"{already}, {peer}" if already else peer
    headers.setdefault("x-forwarded-proto", "http")
    headers.setdefault("x-forwarded-port", host.partition(":")[2] or "80")

    if variables := apigateway._get_stage_variables(context["apiId"], context["stage"]):
        event["stageVariables"] = variables


@replaces(lambda_svc, "_execute_function_with_config_scope")
def event_of_an_http_api(execute: Function, function: Foreign, event: Foreign) -> Foreign:
    """Payload 2.0 lacks cookies, domainName, domainPrefix, x-forwarded-* and stageVariables."""
    if (
        isinstance(event, dict)
        and event.get("version") == "2.0"
        and "http" in event.get("requestContext", {})
    ):
        _complete(event)
    return execute(function, event)


@replaces(lambda_svc, "lambda_execute_result_to_api_proxy_response")
def failed_function_is_500(convert: Function, result: dict[str, Foreign]) -> Foreign:
    """A function that fails answers 502 with its error text; an HTTP API says 500, and no more."""
    body = result.get("body")
    if result.get("error") and not (isinstance(body, dict) and "statusCode" in body):
        return {
            "statusCode": 500,
            "headers": {"Content-Type": "application/json"},
            "body": json.dumps({"message": "Internal Server Error"}),
        }, None
    return convert(result)
