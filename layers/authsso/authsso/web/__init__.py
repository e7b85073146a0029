"""The HTTP edge: parameters and cookies in, answers and pages out."""
