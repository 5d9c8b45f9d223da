"""Package data: schemas, rulebook, record template, explanation pages. The only reader of files inside the package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).parent
_COMMON = "common.json#/$defs/"


def folder(name: str) -> Path:
    """Return a folder of package data. A source checkout keeps schemas and template beside ``src``."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def files(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield path (relative, with ``/``) and bytes of every file below a folder of package data, in order."""
    top = folder(name)
    for path in sorted(top.rglob("*")):
        if path.is_file():
            yield path.relative_to(top).as_posix(), path.read_bytes()


def read(name: str) -> bytes | None:
    """Return one file of package data, None when there is no such file."""
    path = _PACKAGE / name
    return path.read_bytes() if path.is_file() else None


@cache
def kinds() -> tuple[str, ...]:
    """Return the names of all record kinds that a repository may hold, in order."""
    names = sorted(path.stem for path in folder("schemas").glob("*.json"))
    return tuple(name for name in names if name not in {"common", "rulebook"})


@cache
def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a record kind, self-contained: shared definitions are copied in under ``$defs``."""
    top = folder("schemas")
    own: dict[str, Any] = json.loads((top / f"{kind}.json").read_bytes())
    shared = json.loads((top / "common.json").read_bytes())["$defs"]
    needed: dict[str, Any] = {}

    def localised(node: Any) -> Any:
        if isinstance(node, list):
            return [localised(each) for each in node]
        if not isinstance(node, dict):
            return node
        out = {key: localised(value) for key, value in node.items() if key != "$ref"}
        if "$ref" in node:
            name = node["$ref"].removeprefix(_COMMON).removeprefix("#/$defs/")
            if name not in needed:
                needed[name] = {}
                needed[name] = localised(shared[name])
            out["$ref"] = f"#/$defs/{name}"
        return out

    bundled: dict[str, Any] = localised(own)
    bundled["$defs"] = dict(sorted(needed.items()))
    return bundled


def template() -> dict[str, bytes]:
    """Return the files that every record repository begins with, by path: settings, read-me and schemas."""
    made = dict(files("record-template"))
    for kind in kinds():
        text = json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"
        made[f".dangwu/schema/{kind}.json"] = text.encode()
    return made


def hooks() -> dict[str, bytes]:
    """Return the git hooks by name."""
    return dict(files("hooks"))
