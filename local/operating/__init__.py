"""What an operator does to a deployed stack, with AWS credentials: docs/operations.md."""
