"""Package data: schemas, rulebooks, profiles, record template, code pages, templates, hooks, sample words."""

from __future__ import annotations

import json
import os
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangwu.data.editor_schema import build_editor_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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
COMPILED_WORDS = "compiled-words.json"
"""The sample's words, in a file of their own: only ``demo`` needs them."""
_SAMPLE_WORDS = "sample/words"
_MADE_ENDINGS = (".json", ".mo", ".pyc")
"""Endings of files in the source that the build or Python makes."""
_COMPILED_HELP = "compiled-help-{language}.json"
_MADE_OF = {COMPILED_NAME: ("schemas", "rulebooks"), COMPILED_WORDS: (_SAMPLE_WORDS,)}


def find_folder(name: str) -> Path:
    """Return a folder of package data. In a source checkout schemas and record template are beside ``src``."""
    inside = _PACKAGE_FOLDER.parent / name if name == _SAMPLE_WORDS else _PACKAGE_FOLDER / name
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


def read_package_bytes(name: str) -> bytes:
    """Return a file of package data that is always there."""
    return (_PACKAGE_FOLDER / name).read_bytes()


def read_package_text(name: str) -> str:
    """Return a text file that the package always contains."""
    return (_PACKAGE_FOLDER / name).read_text(encoding="utf-8")


@cache
def _load_compiled(name: str) -> dict[str, Any] | None:
    """Return the content of a compiled file; None where it is missing, or older than its sources in a checkout."""
    path = _PACKAGE_FOLDER / name
    if not path.is_file():
        return None
    if not (_PACKAGE_FOLDER / "schemas").is_dir():
        # Help says what any module may say.
        sources = map(find_folder, _MADE_OF[name]) if name in _MADE_OF else (_PACKAGE_FOLDER.parent,)
        compiled_at = path.stat().st_mtime_ns
        if any(_is_changed_since(compiled_at, folder) for folder in sources):
            return None
    compiled: dict[str, Any] = json.loads(path.read_bytes())
    return compiled


def _is_changed_since(moment: int, folder: Path | str) -> bool:
    """Tell whether a source file below a folder was written after a moment, in nanoseconds."""
    with os.scandir(folder) as entries:
        return any(
            _is_changed_since(moment, entry.path)
            if entry.is_dir()
            else not entry.name.endswith(_MADE_ENDINGS) and entry.stat().st_mtime_ns > moment
            for entry in entries
        )


def load_help(language: str) -> dict[str, str]:
    """Return the help of each command in a language, as the build made it; nothing where it has to be made anew."""
    return _load_compiled(_COMPILED_HELP.format(language=language)) or {}


def build_compiled(read: Callable[[str], Any], texts_of_help: Mapping[str, Mapping[str, str]]) -> dict[str, bytes]:
    """Return the content of the compiled files by name, for the build; ``read`` makes data of a YAML file's text.

    ``texts_of_help`` are the help of each command, by language.
    """
    books: dict[str, list[Any]] = {}
    for path, raw in read_package_files("rulebooks"):
        books.setdefault(path.partition("/")[0], []).append(read(raw.decode()))
    ready = {"schemas": {kind: _bundle_schema(kind) for kind in _find_kinds()}, "rulebooks": books}
    texts = {_COMPILED_HELP.format(language=language): texts for language, texts in texts_of_help.items()}
    return {
        name: json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        for name, data in {COMPILED_NAME: ready, COMPILED_WORDS: _read_sample_words(read), **texts}.items()
    }


@cache
def load_sample_words(read: Callable[[str], Any]) -> dict[str, Any]:
    """Return the data of the sample's words: by language and file, and what people are called under ``names``.

    ``read`` makes data of the text of a YAML file, where the build has not done it.
    """
    return _load_compiled(COMPILED_WORDS) or _read_sample_words(read)


def _read_sample_words(read: Callable[[str], Any]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for path, raw in read_package_files(_SAMPLE_WORDS):
        language, _, name = path.removesuffix(".yaml").rpartition("/")
        (words.setdefault(language, {}) if language else words)[name] = read(raw.decode())
    return words


def load_rulebook_data(name: str) -> list[dict[str, Any]] | None:
    """Return the data of a rulebook's files as the build read them, None where it has to be read from its files."""
    ready = _load_compiled(COMPILED_NAME)
    books: list[dict[str, Any]] | None = ready["rulebooks"].get(name) if ready else None
    return books


@cache
def list_kinds() -> tuple[str, ...]:
    """Return the names of all record kinds that a repository may hold, in order."""
    ready = _load_compiled(COMPILED_NAME)
    return tuple(sorted(ready["schemas"])) if ready else _find_kinds()


def _find_kinds() -> tuple[str, ...]:
    names = sorted(path.stem for path in find_folder("schemas").glob("*.json"))
    return tuple(name for name in names if name not in {"common", "rulebook", "profile"})


@cache
def load_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a record kind, self-contained: shared definitions are copied in under ``$defs``."""
    ready = _load_compiled(COMPILED_NAME)
    made: dict[str, Any] | None = ready["schemas"].get(kind) if ready else None
    return made or _bundle_schema(kind)


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
    """Return the schema of a kind as a JSON file, as editors read it."""
    return _format_json(build_editor_schema(load_schema(kind)))


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
