"""Start ministack with our repairs and outages; the rest comes from its environment variables."""

import importlib

from ministack import app

REPAIRS = (
    "api_gateway",
    "tables",
    "lambda_workers",
    "cognito_users",
    "cognito_triggers",
    "cognito_messages",
    "cognito_tokens",
    "cognito_hosted",
    "stack_resources",
    "outages",
)


def main() -> None:
    """Repair ministack, then serve until a signal comes."""
    for repair in REPAIRS:
        importlib.import_module(f"emulator.{repair}")
    app.main()


main()
