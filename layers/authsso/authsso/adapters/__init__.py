"""I/O: one file per thing outside. Translates its errors into ours; holds no rules."""
