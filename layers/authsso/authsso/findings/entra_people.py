"""Microsoft Entra: who may sign in, from where, with what. Source: Microsoft's AADSTS errors."""

from authsso.findings.entra_menus import ENTERPRISE_APP, SIGN_IN_LOGS
from authsso.findings.finding import Finding, Sign

_USERS = "Entra admin center > Entra ID > Users"
_LOG = f"{SIGN_IN_LOGS} > the failed sign-in > Conditional Access: see which policy refused"

FINDINGS = (
    Finding(
        "entra_user_not_assigned",
        "provider_administrator",
        "The person is not assigned to the app, and Assignment required? is on. Members of groups "
        "within an assigned group do not count.",
        f"{ENTERPRISE_APP} > Users and groups > Add user/group: the person, or a group that they "
        "are a direct member of. Or Properties > Assignment required? > No.",
        (Sign(numbers=(50105,)),),
    ),
    Finding(
        "entra_other_account",
        "employee",
        "The account belongs to another organisation, or is a personal one.",
        "Sign in with the work account of this organisation, in a private window if the browser "
        "keeps choosing another. An administrator can invite somebody from outside: "
        f"{_USERS} > New user > Invite external user.",
        (Sign(numbers=(50020,)),),
        severity="warning",
    ),
    Finding(
        "entra_conditional_access",
        "provider_administrator",
        "A Conditional Access policy does not let this person, place or device in.",
        f"{_LOG}; change it, or exclude this app. Policies on Microsoft Graph and on all resources "
        "count too.",
        (Sign(numbers=(53003,)),),
    ),
    Finding(
        "entra_conditional_access_for_apps",
        "provider_administrator",
        "Client ID and secret are right. A Conditional Access policy for workload identities "
        "keeps the app itself from getting a token.",
        f"{SIGN_IN_LOGS} > Service principal sign-ins: see which policy refused. People may be "
        "able to sign in all the same: the test sign-in tells.",
        (Sign(numbers=(53003,), places=("client_check",)),),
        severity="warning",
    ),
    Finding(
        "entra_device_not_compliant",
        "employee",
        "A policy asks for a device that your organisation manages, and this one is not.",
        "Sign in from a company device, or enrol this one in Intune. An administrator sees the "
        f"policy at {_LOG}.",
        (Sign(numbers=(53000, 53001, 53002)),),
    ),
    Finding(
        "entra_mfa_needed",
        "employee",
        "Entra asks for a second factor, and this request could not show the question.",
        "Sign in again and finish what Entra asks for. Nothing is to be changed in Entra.",
        (Sign(numbers=(50072, 50074, 50076, 50079)),),
        severity="note",
    ),
    Finding(
        "entra_account_disabled",
        "provider_administrator",
        "The person's account is disabled in Entra.",
        f"{_USERS} > the person > Account status: enable it. Accounts that are synchronised are "
        "enabled in the on-premises Active Directory.",
        (Sign(numbers=(50057,)),),
    ),
    Finding(
        "entra_account_unknown",
        "employee",
        "There is no such account in this organisation.",
        "Check the e-mail address that was typed. If it is right, an administrator adds the "
        f"person: {_USERS}.",
        (Sign(numbers=(50034,)),),
    ),
    Finding(
        "entra_password_wrong",
        "employee",
        "User name or password was wrong.",
        "Try again, or choose “Forgot my password” on Microsoft's page.",
        (Sign(numbers=(50126,)),),
        severity="note",
    ),
    Finding(
        "entra_cross_tenant_access",
        "provider_administrator",
        "The person is a guest, and the cross-tenant access settings do not let guests of that "
        "organisation in.",
        "Entra admin center > External Identities > Cross-tenant access settings: allow inbound "
        "access for that organisation.",
        (Sign(numbers=(500213,)),),
    ),
    Finding(
        "entra_account_type",
        "employee",
        "This kind of account cannot sign in here: a personal account in a tenant for work "
        "accounts, or the reverse.",
        "Sign in with the work account of this organisation.",
        (Sign(numbers=(500208,)),),
    ),
    Finding(
        "entra_input_invalid",
        "employee",
        "Microsoft could not use what was entered on its page.",
        "Start again from the application.",
        (Sign(numbers=(90013,)),),
        severity="note",
    ),
    Finding(
        "entra_session_revoked",
        "employee",
        "The session at Microsoft has ended: the password was changed, an administrator ended it, "
        "or it has run out.",
        "Sign in again.",
        (Sign(numbers=(50173, 50132, 50133, 70043, 50089)),),
        severity="note",
    ),
    Finding(
        "entra_nobody_signed_in",
        "employee",
        "A sign-in without questions was asked for, and nobody is signed in at Microsoft.",
        "Sign in again; nothing is to be changed.",
        (Sign(numbers=(50058,)),),
        severity="note",
    ),
    Finding(
        "entra_sign_out",
        "nobody",
        "Microsoft could not finish signing the person out.",
        "Close the browser; the session at Microsoft ends by itself.",
        (Sign(numbers=(50061, 50068, 50070, 50071)),),
        severity="note",
    ),
)
