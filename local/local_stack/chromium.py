"""Which browser is there to be driven."""

import os
import shutil
from pathlib import Path

# The shell is the same Chromium without windows to draw: half the work for the same page.
HEADLESS_SHELL = "chromium-headless-shell"
NAMES = (HEADLESS_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_chromium() -> str | None:
    """The path of Chromium or Chrome; CHROMIUM= decides when it is set."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    found = (path for name in NAMES if (path := shutil.which(name)))
    installed = (path for path in APPLICATIONS if Path(path).exists())
    return next(found, None) or next(installed, None)
