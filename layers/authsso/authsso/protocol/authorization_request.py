"""What an application may ask of the authorization endpoint (RFC 6749, 4.1.1; RFC 7636)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

from authsso.errors import DisplayedError, RedirectedError
from authsso.model import Application, AuthorizationRequest

S256_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
LONGEST_STATE = 4096
LONGEST_HINT = 320
_PROMPTS = {"none", "login", "select_account", "consent"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_PASSED_BY_REFERENCE = ("request", "request_uri", "registration", "claims")

type Refuse = Callable[[str, str, str], NoReturn]


def parse(parameters: Mapping[str, str], application: Application | None) -> AuthorizationRequest:
    """Check an authorization request from the application that it claims to come from.

    Args:
        parameters: The query, each name once.
        application: The app client of that `client_id`, None when there is none.

    Returns:
        The request; its redirect URI is registered, its scopes are granted, PKCE is in place.

    Raises:
        DisplayedError: The application or its redirect URI is unknown.
        RedirectedError: The application is known, and asked for something that we refuse.
    """
    if application is None:
        raise DisplayedError("unknown_application", "client_id names no app client of the pool")
    redirect_uri = parameters.get("redirect_uri", "")
    if redirect_uri not in application.redirect_uris:
        raise DisplayedError("unregistered_redirect_uri", f"client {application.client_id}")

    # From here on the redirect URI is trusted: the application hears of its own mistakes.
    state = parameters.get("state")

    def refuse(code: str, error: str, description: str) -> NoReturn:
        raise RedirectedError(
            code,
            f"client {application.client_id}",
            error=error,
            description=description,
            redirect_uri=redirect_uri,
            state=state if state is None or len(state) <= LONGEST_STATE else None,
        )

    _check_form(parameters, refuse)
    _check_pkce(parameters, refuse)
    return AuthorizationRequest(
        client_id=application.client_id,
        redirect_uri=redirect_uri,
        state=state,
        code_challenge=parameters["code_challenge"],
        scopes=_scopes(parameters, application, refuse),
        identity_provider=_hint(parameters, "identity_provider", refuse),
        idp_identifier=_hint(parameters, "idp_identifier", refuse),
        login_hint=_hint(parameters, "login_hint", refuse),
        prompt=_prompt(parameters, refuse),
        lang=_language(parameters),
    )


def asking_again(request: AuthorizationRequest, prompt: str) -> AuthorizationRequest:
    """Return the request of somebody who has signed out, so that the provider asks who it is.

    Args:
        request: As the application made it.
        prompt: What makes this provider ask in spite of a session.

    Raises:
        RedirectedError: `login_required`: nobody may be asked, and nobody is signed in.
    """
    prompts = (request.prompt or "").split()
    if "none" in prompts:
        raise RedirectedError(
            "signed_out",
            f"client {request.client_id}",
            error="login_required",
            description="the person has signed out",
            redirect_uri=request.redirect_uri,
            state=request.state,
        )
    if {"login", "select_account"} & set(prompts):
        return request
    return replace(request, prompt=" ".join((*prompts, prompt)))


def _check_form(parameters: Mapping[str, str], refuse: Refuse) -> None:
    if len(parameters.get("state", "")) > LONGEST_STATE:
        refuse("state_too_long", "invalid_request", f"state is longer than {LONGEST_STATE}")
    if parameters.get("response_type") != "code":
        refuse("response_type", "invalid_request", "response_type must be code")
    for name in _PASSED_BY_REFERENCE:
        if name in parameters:
            refuse(
                "request_parameter", "request_not_supported", f"the parameter {name} is not offered"
            )
    if "nonce" in parameters:
        # Cognito cannot put it into the tokens, and dropping it silently is worse.
        refuse(
            "nonce_not_offered",
            "invalid_request",
            "nonce is not supported: the tokens come from Amazon Cognito's API, which cannot carry "
            "it. Switch nonce off in your OpenID Connect client; PKCE protects the code.",
        )


def _check_pkce(parameters: Mapping[str, str], refuse: Refuse) -> None:
    if parameters.get("code_challenge_method") != "S256":
        refuse("pkce_method", "invalid_request", "PKCE: code_challenge_method must be S256")
    if not S256_CHALLENGE.fullmatch(parameters.get("code_challenge", "")):
        refuse(
            "pkce_challenge",
            "invalid_request",
            "PKCE: code_challenge must be 43 characters of base64url",
        )


def _scopes(
    parameters: Mapping[str, str], application: Application, refuse: Refuse
) -> tuple[str, ...]:
    """Without `scope` Cognito grants all that the app client allows, and so do we."""
    asked = tuple(dict.fromkeys(parameters.get("scope", "").split()))
    if not set(asked) <= set(application.scopes):
        refuse(
            "scope_not_granted",
            "invalid_scope",
            "scope holds one that the app client does not allow",
        )
    return asked or application.scopes


def _hint(parameters: Mapping[str, str], name: str, refuse: Refuse) -> str | None:
    value = parameters.get(name)
    if value is not None and (len(value) > LONGEST_HINT or not value.isprintable()):
        refuse("hint_malformed", "invalid_request", f"{name} is malformed")
    return value or None


def _prompt(parameters: Mapping[str, str], refuse: Refuse) -> str | None:
    """Read a list of prompts (OpenID Connect Core, 3.1.2.1); `none` stands alone."""
    prompts = tuple(dict.fromkeys(parameters.get("prompt", "").lower().split()))
    if not set(prompts) <= _PROMPTS or ("none" in prompts and len(prompts) > 1):
        refuse("prompt", "invalid_request", "prompt must be none, login, select_account or consent")
    return " ".join(prompts) or None


def _language(parameters: Mapping[str, str]) -> str | None:
    lang = parameters.get("lang", "")
    return lang if _LANGUAGE.fullmatch(lang) else None
