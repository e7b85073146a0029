"""What is said when the catalogue does not know what a provider answered."""

from authsso.findings.finding import Finding

UNKNOWN = Finding(
    "provider_said_otherwise",
    "provider_administrator",
    "Your provider answered with an error that is not in our list. Its own words are below.",
    "Look the number or the text up with your provider. Its support finds the sign-in by the "
    "time, and by the correlation ID where there is one.",
)
