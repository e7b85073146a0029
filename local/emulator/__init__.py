"""The AWS emulator of the local stack: ministack, with repairs where authsso would fall into a gap.

Runs in a virtual environment of its own (`python -m emulator`), because Lambda workers see what is
installed there: the fewer packages, the fewer missing dependencies it can hide.

    repair.py              how a function of ministack is replaced
    api_gateway.py         CORS, custom domains, the event of an HTTP API
    tables.py              what a DynamoDB table's template says
    lambda_workers.py      how long a function takes
    trigger.py             how a trigger of a user pool is called
    cognito_users.py       whose an address is
    cognito_triggers.py    which triggers fire, and with what
    cognito_messages.py    which messages ask a trigger first
    cognito_tokens.py      how tokens are made
    cognito_hosted.py      the pool domain's own pages
    stack_resources.py     resource types that ministack does not know

Each repair closes one gap and says which; `tests/local_stack/test_emulator_repairs.py` holds a test
for each. They reach into private names, so ministack is pinned, and a name that went away stops the
start with a clear error.
"""
