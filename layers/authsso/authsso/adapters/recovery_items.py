"""How recovery codes lie in DynamoDB.

Key `code_hash`; three kinds of items:

{64 hex digits}            a code: `tenant_id`, and `spent_at` once it has been used
lift#{tenant}              `lifted_until`: enforcement is lifted until then
attempts#{source}#{when}   how often somebody has tried; expires

Index `by_tenant` on `tenant_id` holds the codes alone.
"""


def lift_key(tenant_id: str) -> str:
    """Name the item that says until when a tenant's enforcement is lifted."""
    return f"lift#{tenant_id}"


def attempts_key(source: str, window: int) -> str:
    """Name the item that counts one source's attempts within one span of time."""
    return f"attempts#{source}#{window}"
