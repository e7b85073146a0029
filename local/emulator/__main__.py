"""Start ministack with our repairs; everything else comes from its own environment variables."""

import importlib

from ministack import app

REPAIRS = (
    "api_gateway",
    "tables",
    "lambda_workers",
    "cognito_triggers",
    "cognito_messages",
    "cognito_tokens",
    "cognito_hosted",
    "stack_resources",
)


def main() -> None:
    """Repair ministack, then serve until a signal comes."""
    for repair in REPAIRS:
        importlib.import_module(f"emulator.{repair}")
    app.main()


main()
