"""These tests look at what ``dev.py docs`` has built, and are run by it alone."""

from __future__ import annotations

import os

collect_ignore_glob = [] if "DANGWU_BUILT_DOCS" in os.environ else ["test_*.py"]
