"""The tables run against a real API."""

from harness.emulated_dynamodb import dynamodb

__all__ = ["dynamodb"]
