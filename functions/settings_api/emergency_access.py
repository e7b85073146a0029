"""Emergency access: who is named, and the recovery codes."""

from dataclasses import replace
from typing import TYPE_CHECKING

from authsso.errors import FieldError, SettingsError
from authsso.protocol import edit_condition, emergency_access, recovery_code
from authsso.protocol.emergency_access import CODES, EmergencyAccess
from settings_api.answer_models import (
    CodesLeftAnswer,
    EmergencyAccessAnswer,
    EmergencyUserAnswer,
    RecoveryCodesAnswer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authsso.model import Connection, User
    from authsso.services import Services
    from authsso.web.settings.editing import Edit

_SUBJECT = "emergency_access"


def show(services: "Services", tenant_id: str) -> EmergencyAccessAnswer:
    """Show what is set up; who has left the tenant meanwhile is not shown."""
    access = services.emergency_access.get(tenant_id)
    return EmergencyAccessAnswer(
        users=[
            EmergencyUserAnswer(username=user.username, email=user.email, name=user.name)
            for user in _named(services, tenant_id, access)
        ],
        recovery_codes=CodesLeftAnswer(
            left=services.emergency_access.codes_left(access), made_at=access.codes_made_at
        ),
        etag=edit_condition.tag_of(access.revision),
    )


def name_users(edit: "Edit", typed: "Sequence[str]", if_match: str | None) -> None:
    """Replace the list of those who may use a password.

    Raises:
        SettingsError: 400 `invalid_settings`, 403 `reauth_required`, 409
            `emergency_access_needed`, 412 or 428; nothing was changed.
    """
    services = edit.services
    edit.require_recent_sign_in()
    access = services.emergency_access.get(edit.tenant_id)
    chosen = emergency_access.choose(typed, _found(services, typed), tenant_id=edit.tenant_id)
    usernames = tuple(user.username for user in chosen)
    if access.revision and set(usernames) == set(access.usernames):
        return
    _check(edit, access, if_match)
    heads = services.connections.connections(edit.tenant_id)
    if not usernames:
        _require_codes(services, access, heads)
    emails = [user.email for user in chosen]
    services.emergency_access.save_users(
        edit.tenant_id,
        replace(access, usernames=usernames, revision=access.revision + 1),
        events=[edit.event("emergency_users_changed", _SUBJECT, {"users": emails})],
        unchanged_heads=() if usernames else heads,
    )


def make_codes(edit: "Edit") -> RecoveryCodesAnswer:
    """Make new recovery codes; the old ones stop working.

    Raises:
        SettingsError: 403 `reauth_required`; 412: somebody else wrote at the same moment.
    """
    services = edit.services
    edit.require_recent_sign_in()
    access = services.emergency_access.get(edit.tenant_id)
    codes = [recovery_code.new_code(services.new_token()) for _ in range(CODES)]
    services.emergency_access.save_codes(
        edit.tenant_id,
        replace(
            access,
            code_hashes=tuple(recovery_code.hashed(code) for code in codes),
            codes_made_at=services.now(),
            revision=access.revision + 1,
        ),
        voided=access.code_hashes,
        events=[edit.event("recovery_codes_made", _SUBJECT, {"codes": CODES})],
    )
    return RecoveryCodesAnswer(codes=codes)


def _named(services: "Services", tenant_id: str, access: EmergencyAccess) -> "list[User]":
    found = [services.users.find(username) for username in access.usernames]
    return [user for user in found if user is not None and user.tenant_id == tenant_id]


def _found(services: "Services", typed: "Sequence[str]") -> "dict[str, tuple[User, ...]]":
    readable = {address: emergency_access.readable(address) for address in typed}
    return {
        address: services.users.with_email(spelled) if spelled else ()
        for address, spelled in readable.items()
    }


def _check(edit: "Edit", access: EmergencyAccess, if_match: str | None) -> None:
    try:
        edit_condition.check_revision(if_match, access.revision, "list")
    except SettingsError as error:
        if error.code != "changed_meanwhile":
            raise
        named = ", ".join(
            user.email or user.username for user in _named(edit.services, edit.tenant_id, access)
        )
        changed = FieldError(
            "users",
            "changed_meanwhile",
            f"Saved meanwhile: {named or 'nobody'}.",
            "Load the list again, then make your change once more.",
        )
        raise SettingsError(
            error.code, error.detail, status=error.status, title=error.title, fields=[changed]
        ) from error


def _require_codes(
    services: "Services", access: EmergencyAccess, heads: "Sequence[Connection]"
) -> None:
    is_enforced = any(head.enabled and head.enforced for head in heads)
    if is_enforced and not services.emergency_access.codes_left(access):
        raise emergency_access.needed()
