"""Package data: schemas, rulebooks, profiles, the record template, pages on finding codes, templates, hooks."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PACKAGE_FOLDER = Path(__file__).parent
_COMMON_REFERENCE = "common.json#/$defs/"
_PATH_FIELD = re.compile(r"\{\w+\}")
_FORGE_COPIES = {
    ".gitlab/CODEOWNERS": ".github/CODEOWNERS",
    ".gitlab/merge_request_templates/Default.md": ".github/PULL_REQUEST_TEMPLATE.md",
    ".gitea/PULL_REQUEST_TEMPLATE.md": ".github/PULL_REQUEST_TEMPLATE.md",
    ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md": ".github/PULL_REQUEST_TEMPLATE.md",
}
"""Template files that each forge reads from its own path → the template file with their text.

There is no CODEOWNERS at the top: GitLab and Gitea would read it instead of their own, and Gitea uses another pattern
syntax.
"""
COMPILED_NAME = "compiled.json"
"""Bundled schemas and parsed rulebooks, made by the build: parsing them at every start takes longer than a check."""


def find_folder(name: str) -> Path:
    """Return a folder of package data; in a source checkout schemas and record template are beside ``src``."""
    inside = _PACKAGE_FOLDER / name
    return inside if inside.is_dir() else _PACKAGE_FOLDER.parents[2] / name


def read_package_files(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield relative path (with ``/``) and bytes of every file below a folder of package data, sorted by path."""
    top = find_folder(name)
    for path in sorted(top.rglob("*")):
        if path.is_file():
            yield path.relative_to(top).as_posix(), path.read_bytes()


def read_package_file(name: str) -> bytes | None:
    """Return the bytes of a file of package data, None without such a file."""
    path = _PACKAGE_FOLDER / name
    return path.read_bytes() if path.is_file() else None


def read_package_text(name: str) -> str:
    """Return a text file that the package always contains."""
    return (_PACKAGE_FOLDER / name).read_text(encoding="utf-8")


@cache
def _load_compiled() -> dict[str, Any] | None:
    """Return the content of ``compiled.json``; None where it is missing, or older than its sources in a checkout."""
    path = _PACKAGE_FOLDER / COMPILED_NAME
    if not path.is_file():
        return None
    if not (_PACKAGE_FOLDER / "schemas").is_dir():
        compiled_at = path.stat().st_mtime_ns
        sources = (*find_folder("schemas").iterdir(), *(_PACKAGE_FOLDER / "rulebooks").rglob("*"))
        if any(source.stat().st_mtime_ns > compiled_at for source in sources):
            return None
    compiled: dict[str, Any] = json.loads(path.read_bytes())
    return compiled


def build_compiled(parse_yaml: Callable[[str], Any]) -> bytes:
    """Return the bytes of ``compiled.json``; called by the build with its YAML parser."""
    rulebooks: dict[str, list[Any]] = {}
    for path, raw in read_package_files("rulebooks"):
        rulebooks.setdefault(path.partition("/")[0], []).append(parse_yaml(raw.decode()))
    compiled = {"schemas": {kind: _bundle_schema(kind) for kind in _find_kinds()}, "rulebooks": rulebooks}
    return json.dumps(compiled, ensure_ascii=False, separators=(",", ":")).encode()


def load_rulebook_data(name: str) -> list[dict[str, Any]] | None:
    """Return the parsed files of a rulebook, None when they are not compiled and must be parsed."""
    compiled = _load_compiled()
    files: list[dict[str, Any]] | None = compiled["rulebooks"].get(name) if compiled else None
    return files


@cache
def list_kinds() -> tuple[str, ...]:
    """Return the names of all record kinds, sorted."""
    compiled = _load_compiled()
    return tuple(sorted(compiled["schemas"])) if compiled else _find_kinds()


def _find_kinds() -> tuple[str, ...]:
    names = sorted(path.stem for path in find_folder("schemas").glob("*.json"))
    return tuple(name for name in names if name not in {"common", "rulebook", "profile"})


@cache
def load_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a record kind with all definitions it uses under ``$defs``."""
    compiled = _load_compiled()
    schema: dict[str, Any] | None = compiled["schemas"].get(kind) if compiled else None
    return schema or _bundle_schema(kind)


def _bundle_schema(kind: str) -> dict[str, Any]:
    """Return a schema file with the definitions from ``common.json`` that it references copied in."""
    top = find_folder("schemas")
    own: dict[str, Any] = json.loads((top / f"{kind}.json").read_bytes())
    shared = json.loads((top / "common.json").read_bytes())["$defs"]
    needed: dict[str, Any] = {}

    def localise(node: Any) -> Any:
        if isinstance(node, list):
            return [localise(item) for item in node]
        if not isinstance(node, dict):
            return node
        out = {key: localise(value) for key, value in node.items() if key != "$ref"}
        if "$ref" in node:
            name = node["$ref"].removeprefix(_COMMON_REFERENCE).removeprefix("#/$defs/")
            if name not in needed:
                needed[name] = {}
                needed[name] = localise(shared[name])
            out["$ref"] = f"#/$defs/{name}"
        return out

    bundled: dict[str, Any] = localise(own)
    bundled["$defs"] = dict(sorted(needed.items()))
    return bundled


def read_code_page(code: str, language: str) -> str:
    """Return the Markdown page on a finding code in ``zh`` or ``en``; "" without one."""
    raw = read_package_file(f"codes/{language}/{code}.md")
    return raw.decode() if raw is not None else ""


def format_schema(kind: str) -> bytes:
    """Return the bundled schema of a kind as a JSON file."""
    return _format_json(load_schema(kind))


def build_template() -> dict[str, bytes]:
    """Return the files of a new record repository by path: settings, README, forge files and schemas."""
    files = dict(read_package_files("record-template"))
    for path, source in _FORGE_COPIES.items():
        files[path] = files[source]
    for kind in list_kinds():
        files[f".dangwu/schema/{kind}.json"] = format_schema(kind)
    settings = json.loads(files[".vscode/settings.json"])
    settings["yaml.schemas"] = {f".dangwu/schema/{kind}.json": pattern for kind, pattern in _build_patterns().items()}
    files[".vscode/settings.json"] = _format_json(settings)
    return files


def _build_patterns() -> dict[str, str]:
    """Return a file pattern for each YAML kind whose files no other kind's paths match, for editors."""
    places = {kind: load_schema(kind)["x-path"] for kind in list_kinds()}
    patterns = {kind: _PATH_FIELD.sub("*", place) for kind, place in places.items() if place.endswith(".yaml")}
    examples = {kind: _PATH_FIELD.sub("0", place) for kind, place in places.items()}
    return {
        kind: pattern
        for kind, pattern in patterns.items()
        if not any(other != kind and fnmatchcase(path, pattern) for other, path in examples.items())
    }


def _format_json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def read_hooks() -> dict[str, bytes]:
    """Return the git hooks by name, with one text for both; git runs pre-merge-commit for a merge without conflicts."""
    text = (find_folder("hooks") / "pre-commit").read_bytes()
    return {"pre-commit": text, "pre-merge-commit": text}
