"""Enterprise single sign-on: the code that every Lambda of authsso shares.

model, errors    the nouns, and everything that is raised on purpose
protocol         PURE: what the specifications and our own rules demand
providers        PURE: what differs between Entra, Google, Okta ...
adapters         I/O: one file per thing outside; no rules in here
config           the only reader of the environment
services         the only wiring
web              the HTTP edge: error -> answer, cookies, parameters, pages

Imports go down only: functions -> web -> services -> adapters, config -> providers, protocol ->
model -> errors. import-linter holds it (pyproject.toml).
"""
