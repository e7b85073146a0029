"""A user pool that was there before us: what it lacks, and our triggers on it, on and off.

Owns the command that an operator runs. What the triggers do is in functions/cognito_triggers.
"""
