"""Package data: schemas, rulebook, template, pages, the sample's words. The only reader of files inside the package."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PACKAGE = Path(__file__).parent
_COMMON = "common.json#/$defs/"
_BLANK = re.compile(r"\{\w+\}")
_SAME = {
    ".gitlab/CODEOWNERS": ".github/CODEOWNERS",
    ".gitlab/merge_request_templates/Default.md": ".github/PULL_REQUEST_TEMPLATE.md",
    ".gitea/PULL_REQUEST_TEMPLATE.md": ".github/PULL_REQUEST_TEMPLATE.md",
    ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md": ".github/PULL_REQUEST_TEMPLATE.md",
}
"""Files of the template that each forge looks for in a place of its own → where their text is kept.

No owners file stands at the top: GitLab and Gitea would read it before their own, and Gitea's patterns are of a kind
of its own.
"""
COMPILED = "compiled.json"
"""Schemas bundled and rulebooks read when the package was built: reading them anew would cost more than a check."""
COMPILED_WORDS = "compiled-words.json"
"""The sample's words, in a file of their own: only ``demo`` needs them."""
_SAMPLE_WORDS = "sample/words"
_MADE_OF = {COMPILED: ("schemas", "rulebooks"), COMPILED_WORDS: (_SAMPLE_WORDS,)}


def folder(name: str) -> Path:
    """Return a folder of package data. A source checkout keeps schemas and template beside ``src``."""
    inside = _PACKAGE.parent / name if name == _SAMPLE_WORDS else _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[2] / name


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


def text(name: str) -> str:
    """Return a text file of package data that is always there."""
    return (_PACKAGE / name).read_text(encoding="utf-8")


@cache
def _compiled(name: str) -> dict[str, Any] | None:
    """Return what was made ready by the build; None where that is missing, or in a checkout older than its sources."""
    path = _PACKAGE / name
    if not path.is_file():
        return None
    if not (_PACKAGE / "schemas").is_dir():
        made = path.stat().st_mtime_ns
        sources = (source for part in _MADE_OF[name] for source in folder(part).rglob("*"))
        if any(source.stat().st_mtime_ns > made for source in sources):
            return None
    ready: dict[str, Any] = json.loads(path.read_bytes())
    return ready


def compiled(read: Callable[[str], Any]) -> dict[str, bytes]:
    """Return the content of both compiled files by name, for the build; ``read`` makes data of a YAML file's text."""
    books: dict[str, list[Any]] = {}
    for path, raw in files("rulebooks"):
        books.setdefault(path.partition("/")[0], []).append(read(raw.decode()))
    ready = {"schemas": {kind: _bundled(kind) for kind in _kinds()}, "rulebooks": books}
    return {
        name: json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        for name, data in ((COMPILED, ready), (COMPILED_WORDS, _read_words(read)))
    }


@cache
def sample_words(read: Callable[[str], Any]) -> dict[str, Any]:
    """Return the data of the sample's words: by language and file, and what people are called under ``names``.

    ``read`` makes data of the text of a YAML file, where the build has not done it.
    """
    return _compiled(COMPILED_WORDS) or _read_words(read)


def _read_words(read: Callable[[str], Any]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for path, raw in files(_SAMPLE_WORDS):
        language, _, name = path.removesuffix(".yaml").rpartition("/")
        (words.setdefault(language, {}) if language else words)[name] = read(raw.decode())
    return words


def rulebook(name: str) -> list[dict[str, Any]] | None:
    """Return the data of a rulebook's files as the build read them, None where it has to be read from its files."""
    ready = _compiled(COMPILED)
    books: list[dict[str, Any]] | None = ready["rulebooks"].get(name) if ready else None
    return books


@cache
def kinds() -> tuple[str, ...]:
    """Return the names of all record kinds that a repository may hold, in order."""
    ready = _compiled(COMPILED)
    return tuple(sorted(ready["schemas"])) if ready else _kinds()


def _kinds() -> tuple[str, ...]:
    names = sorted(path.stem for path in folder("schemas").glob("*.json"))
    return tuple(name for name in names if name not in {"common", "rulebook", "profile"})


@cache
def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a record kind, self-contained: shared definitions are copied in under ``$defs``."""
    ready = _compiled(COMPILED)
    made: dict[str, Any] | None = ready["schemas"].get(kind) if ready else None
    return made or _bundled(kind)


def _bundled(kind: str) -> dict[str, Any]:
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
    """Return the files that every record repository begins with, by path: settings, read-me, forges and schemas."""
    made = dict(files("record-template"))
    for path, kept in _SAME.items():
        made[path] = made[kept]
    for kind in kinds():
        made[f".dangwu/schema/{kind}.json"] = _json(schema(kind))
    settings = json.loads(made[".vscode/settings.json"])
    settings["yaml.schemas"] = {f".dangwu/schema/{kind}.json": pattern for kind, pattern in _patterns().items()}
    made[".vscode/settings.json"] = _json(settings)
    return made


def _patterns() -> dict[str, str]:
    """Return which files an editor should take for which kind, where the path alone tells it."""
    places = {kind: schema(kind)["x-path"] for kind in kinds()}
    patterns = {kind: _BLANK.sub("*", place) for kind, place in places.items() if place.endswith(".yaml")}
    examples = {kind: _BLANK.sub("0", place) for kind, place in places.items()}
    return {
        kind: pattern
        for kind, pattern in patterns.items()
        if not any(other != kind and fnmatchcase(path, pattern) for other, path in examples.items())
    }


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def hooks() -> dict[str, bytes]:
    """Return the git hooks by name. One text serves both: git runs the second when a merge needs no person."""
    text = (folder("hooks") / "pre-commit").read_bytes()
    return {"pre-commit": text, "pre-merge-commit": text}
