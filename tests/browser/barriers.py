"""What shuts people out of a page as it is shown."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# What passes is looked at, too, but not described: that takes longer than the looking.
_RUN = 'axe.run({ resultTypes: ["violations"] })'


def find_barriers(page: Page) -> list[str]:
    """What axe finds, WCAG 2.2 AA and best practices, and whether one must scroll sideways."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    found = [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]} {node['target']}"
        for violation in page.evaluate(_RUN)["violations"]
        for node in violation["nodes"]
    ]
    root = "document.documentElement"
    if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
        found.append("wider than the screen")
    return found
