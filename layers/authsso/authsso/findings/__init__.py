"""Every mistake that can be told from what a provider answers, with its name and its remedy.

Owns the catalogue (one file an area), how an answer is recognised, and what may be shown of a
provider's own text. Does not own the mistakes in typed values: those stand beside the forms they
belong to, in providers/forms. Codes explain; nothing here decides whether somebody is let in.
"""
