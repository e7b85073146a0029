"""What our own checks refuse, and what fails on our own side."""

from authsso.findings.finding import Finding, Sign

_AGAIN = "Sign in once more, from the application itself."

FINDINGS: tuple[Finding, ...] = (
    Finding(
        "took_too_long",
        "employee",
        "More than ten minutes went by before the person came back from the provider.",
        _AGAIN,
        (Sign(codes=("sign_in_expired",)),),
        severity="note",
    ),
    Finding(
        "answer_at_wrong_address",
        "provider_administrator",
        "The provider's answer came to the redirect URI of another connection. We stopped, to be "
        "safe.",
        "Register exactly the redirect URIs that the Single Sign-on page shows for this "
        "connection, and remove others of ours.",
        (Sign(codes=("wrong_callback",)),),
        field="redirect_uris",
    ),
    Finding(
        "answered_in_other_mode",
        "administrator",
        "The provider answered in another way (query or form) than it was asked to.",
        "Leave the response mode at query, unless your provider's documents ask for form_post.",
        (Sign(codes=("wrong_response_mode",)),),
        field="method",
    ),
    Finding(
        "answer_names_nobody",
        "provider_administrator",
        "The provider promises in its metadata to name itself in its answers (iss), and did not.",
        "Update the provider, or a proxy before it that drops the parameter iss.",
        (Sign(codes=("issuer_missing",), places=("id_token",)),),
    ),
    Finding(
        "answer_of_other_provider",
        "provider_administrator",
        "The answer names another provider than the one that was asked. We stopped, to be safe.",
        "Compare the issuer of your provider with the Discovery URL; if they are the same, tell "
        "us the reference: somebody may have tried an attack.",
        (Sign(codes=("issuer_mismatch",), places=("id_token",)),),
        field="discovery_url",
    ),
    Finding(
        "answer_without_code",
        "nobody",
        "The provider sent the person back with neither a result nor an error.",
        "Sign in again; if it happens again, look at the provider's own sign-in log.",
        (Sign(codes=("code_missing",)),),
    ),
    Finding(
        "connection_switched_off",
        "administrator",
        "The connection was switched off, deleted or made anew while the person was signing in.",
        "Nothing, if that was meant. Otherwise switch Enable on and let the person sign in again.",
        (Sign(codes=("connection_disabled", "version_missing")),),
    ),
    Finding(
        "several_users_with_address",
        "saas",
        "More than one user of your organisation has this e-mail address, so nobody can tell "
        "which one it is.",
        "Ask the makers of the product to leave the address with one of them.",
        (Sign(codes=("email_ambiguous",)),),
    ),
    Finding(
        "address_is_anothers_username",
        "saas",
        "This e-mail address is the username of somebody who is not a user of your organisation "
        "here, or whose address was never verified.",
        "Ask the makers of the product to give that user to your organisation, with a verified "
        "address, or to remove it.",
        (Sign(codes=("email_taken",)),),
    ),
    Finding(
        "linked_to_other_account",
        "administrator",
        "The user with this e-mail address signs in with another account of the provider already.",
        "Let the person use that account. If it is gone for good, ask the makers of the product "
        "to remove the old link.",
        (Sign(codes=("already_linked", "federated_before")),),
    ),
    Finding(
        "user_is_disabled",
        "administrator",
        "The person's user in the product is disabled.",
        "Enable the user in the product's own administration, if they may come in.",
        (Sign(codes=("user_disabled",)),),
    ),
    Finding(
        "user_of_other_organisation",
        "saas",
        "The user that this account was linked to belongs to another organisation now.",
        "Tell us the reference: the user was moved, and the link must be looked at.",
        (Sign(codes=("user_of_other_tenant",)),),
    ),
    Finding(
        "secret_not_readable",
        "administrator",
        "The client secret of this version is not there, or was saved for another issuer or "
        "Client ID.",
        "Enter the client secret again and save; then take the draft live.",
        (Sign(codes=("client_secret_unusable",)),),
        field="client_secret",
    ),
    Finding(
        "service_unavailable",
        "nobody",
        "A part of our own service did not answer in time.",
        "Sign in again in a minute; our operators see it too.",
        (
            Sign(
                codes=(
                    "aws_unavailable",
                    "user_not_created",
                    "user_linked_meanwhile",
                    "key_store_unavailable",
                )
            ),
        ),
    ),
    Finding(
        "fault_of_ours",
        "saas",
        "We met a fault that we did not expect; it is in our log.",
        "Sign in again; if it happens again, tell us the reference.",
        (Sign(codes=("server_error",)),),
    ),
)
