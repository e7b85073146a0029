"""What is counted, as CloudWatch metrics: sign-ins, refusals by code, faults.

Written into the log in CloudWatch's embedded metric format; no call is made for it. What each one
means and which to be woken for: docs/operations.md.
"""

from typing import Final, Literal

from aws_lambda_powertools.metrics import MetricUnit, single_metric

NAMESPACE: Final = "authsso"

type Counted = Literal[
    "SentToProvider", "SignedIn", "TokensIssued", "Refused", "RefusedByTrigger", "Faults"
]


def count(what: Counted, **dimensions: str) -> None:
    """Count one, for this stack: POWERTOOLS_SERVICE_NAME, its name, is a dimension of each.

    Args:
        what: The metric.
        dimensions: Few and bounded in number, since each combination is a metric that costs:
            codes, never tenants or people.
    """
    with single_metric(name=what, unit=MetricUnit.Count, value=1, namespace=NAMESPACE) as metric:
        for name, value in dimensions.items():
            metric.add_dimension(name=name, value=value)
