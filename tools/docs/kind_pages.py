"""The pages of the kinds of record: where each stands, who may see it, its fields, and one of the fictional branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.data import resources
from dangwu.model.schema_node import read_code_words, read_node_title, resolve_list_items, resolve_node
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.kind_names import KIND_GROUPS
from tools.docs.markdown import beside, code, escape, fenced, join, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.language import Language
    from dangwu.model.kind import Kind
    from tools.docs.words import Words

_SCHEMA_FIELDS = {"schema", "kind"}
"""Fields that every kind has: the version and its own name."""


def build_kind_pages(examples: Mapping[str, str], language: Language, words: Words) -> Mapping[str, str]:
    """Return the pages below ``kinds/``; ``examples`` are the texts of records by kind."""
    kinds = load_kinds()
    blocks = [f"# {words['kinds']}", words["kinds intro"]]
    for title, names in group_kinds():
        head = [words[key] for key in ("kind", "place", "who sees it")]
        rows = [_build_row(kinds[name], language, words) for name in names]
        blocks += [f"## {title if isinstance(title, str) else language.value(title)}", table(head, rows)]
    listed = [name for _, names in group_kinds() for name in names]
    pages = {"kinds/index.md": join(blocks).replace("## others", f"## {words['others']}")}
    for name in listed:
        page = _build_page(kinds[name], examples.get(name), language, words)
        pages[f"kinds/{name}.md"] = beside(page, f"[{words['kinds']}](index.md)")
    return pages


def group_kinds() -> list[tuple[Any, tuple[str, ...]]]:
    """Return the groups of kinds as ``dangwu new`` has them, and last the kinds that people write without it."""
    grouped = [(title, tuple(names)) for title, names in KIND_GROUPS]
    known = {name for _, names in grouped for name in names}
    rest = tuple(name for name in load_kinds() if name not in known)
    return [*grouped, ("others", rest)] if rest else grouped


def _build_row(kind: Kind, language: Language, words: Words) -> list[str]:
    title = escape(language.value(kind.title))
    return [f"[{title}]({kind.name}.md) {code(kind.name)}", code(kind.place), _who_sees(kind, words)]


def _who_sees(kind: Kind, words: Words) -> str:
    return words["by its scope" if kind.disclosed else kind.audience.value]


def _build_page(kind: Kind, example: str | None, language: Language, words: Words) -> str:
    schema = resources.load_schema(kind.name)
    facts = [
        [words["kind"], code(kind.name)],
        [words["place"], code(kind.place)],
        [words["who sees it"], _who_sees(kind, words)],
        [words["short names"], escape("、".join(kind.aliases) if language.code == "zh" else ", ".join(kind.aliases))],
        [words["headings"], "<br>".join(code(f"## {language.value(each)}") for each in kind.headings)],
    ]
    facts = [row for row in facts if row[1]]
    shown = fenced("yaml" if kind.place.endswith(".yaml") else "markdown", example) if example else words["no example"]
    return join(
        [
            f"# {escape(language.value(kind.title))}",
            table(["", ""], facts),
            f"## {words['example']}",
            shown,
            f"## {words['fields']}",
            table([words["field"], words["meaning"]], _list_fields(schema, schema, "", language)),
        ]
    )


def _list_fields(
    node: Mapping[str, Any], schema: Mapping[str, Any], way: str, language: Language
) -> Iterator[tuple[str, str]]:
    """Yield a row for each field below a node of a schema; the fields of a list's items have ``[]`` in their way."""
    for key, below in node.get("properties", {}).items():
        if not way and key in _SCHEMA_FIELDS:
            continue
        whole = resolve_node(below, schema)
        mark = "\\*" if key in node.get("required", ()) else ""
        title = language.value(read_node_title(whole, key))
        names = read_code_words(whole)
        chosen = "<br>".join(f"{code(each)} {escape(language.value(name))}" for each, name in names.items())
        yield f"{code(way + key)}{mark}", "<br>".join(part for part in (escape(title), chosen) if part)
        items = resolve_list_items(whole, schema)
        inner, more = (items, "[].") if "items" in whole else (whole, ".")
        yield from _list_fields(inner, schema, f"{way}{key}{more}", language)
