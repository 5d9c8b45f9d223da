"""The folders of ``tests/examples`` as trees: a clean record repository, and overlays that each show one finding."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.workspace.load import load_workspace
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.results import CheckResult

EXAMPLES = Path(__file__).parents[1] / "examples"
BASE = EXAMPLES / "base"
AS_OF = date(2026, 6, 30)
_CONTROL = frozenset({"as_of", "also", "tree.json"})
_DELETE = ".delete"


def overlay(code: str, which: str) -> Path:
    return EXAMPLES / code / which


def texts(layer: Path) -> str:
    """Return everything a layer holds as one text, as far as it is UTF-8."""
    return "\n".join(
        path.read_bytes().decode("utf-8", errors="replace") for path in sorted(layer.rglob("*")) if path.is_file()
    )


def also(layer: Path) -> frozenset[str]:
    """Return the codes that a bad example cannot help yielding besides its own."""
    path = layer / "also"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


@cache
def check(*layers: Path, entry: str = "") -> CheckResult:
    """Check the base with layers over it, on the day the last layer names; ``entry`` goes into accepted.yaml."""
    files, modes = lay(*layers)
    if entry:
        files["accepted.yaml"] = f"schema: 1\nkind: accepted\naccepted:\n{entry}"
    day = layers[-1] / "as_of" if layers else None
    as_of = date.fromisoformat(day.read_text(encoding="utf-8").strip()) if day and day.is_file() else AS_OF
    return load_workspace(MemoryTree(files, modes)).check(as_of)


def lay(*layers: Path) -> tuple[dict[str, str | bytes], dict[str, str]]:
    """Return the files of the base with layers over it, and the modes of those that have one of their own."""
    files: dict[str, str | bytes] = {}
    modes: dict[str, str] = {}
    for layer in (BASE, *layers):
        _lay(layer, files, modes)
    return files, modes


def _lay(layer: Path, files: dict[str, str | bytes], modes: dict[str, str]) -> None:
    for path in sorted(layer.rglob("*")):
        name = path.relative_to(layer).as_posix()
        if not path.is_file() or name in _CONTROL:
            continue
        if name.endswith(_DELETE):
            del files[name.removesuffix(_DELETE)]
        else:
            files[name] = path.read_bytes()
    extra = layer / "tree.json"
    for entry in json.loads(extra.read_bytes()) if extra.is_file() else ():
        files[entry["path"]] = entry["text"] * entry.get("times", 1)
        modes[entry["path"]] = entry["mode"]
