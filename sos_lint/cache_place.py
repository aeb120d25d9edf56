"""Where this program keeps what it may lose: the cache folder of its user."""

from __future__ import annotations

import os
import sys


def cache_place() -> str:
    """The folder that `SOS_LINT_CACHE` names, or the user's own cache folder on each system."""
    if chosen := os.environ.get("SOS_LINT_CACHE"):
        return chosen
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return os.path.join(os.path.expanduser(base), "sos-lint")  # noqa: PTH111, PTH118 (no error without a home)
