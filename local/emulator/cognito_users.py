"""Whose an address is among the users of a pool."""

from ministack.services import cognito

from emulator.repair import Foreign, Function, replaces


@replaces(cognito, "_admin_create_user")
def an_alias_is_one_users(create: Function, data: dict[str, Foreign]) -> Foreign:
    """A new user with an address that another one has as its alias is made all the same.

    AWS answers UsernameExistsException (boto/boto3#3213), unless ForceAliasCreation moves it.
    """
    pool = cognito._user_pools.get(data.get("UserPoolId")) or {}
    asked = cognito._attr_list_to_dict(data.get("UserAttributes") or [])
    verified = str(asked.get("email_verified", "")).lower() == "true"
    if verified and "email" in (pool.get("AliasAttributes") or []):
        holder, _ = cognito._resolve_user(pool, asked.get("email"))
        if holder is not None and not data.get("ForceAliasCreation"):
            return cognito.error_response_json(
                "UsernameExistsException", "An account with the email already exists.", 400
            )
    return create(data)
