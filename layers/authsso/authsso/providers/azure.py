"""Microsoft Entra ID, worldwide and the national clouds."""

from authsso.model import ProviderProfile

PROFILE = ProviderProfile(
    kind="azure",
    name="Microsoft Azure",
    pinned_hosts=(
        "login.microsoftonline.com",
        "graph.microsoft.com",
        "login.microsoftonline.us",
        "graph.microsoft.us",
        "login.partner.microsoftonline.cn",
        "microsoftgraph.chinacloudapi.cn",
    ),
    always_calls_userinfo=False,
    signs_out_without_token=True,
)
