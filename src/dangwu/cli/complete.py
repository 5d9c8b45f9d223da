"""What a shell offers for an id: members, staff and groups, each with its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dangwu.files.peek import find_folder_with, list_file_names, read_file_if_any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID_LINE = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_NAME_LINE = re.compile(rb"^name:[ \t]*[\"']?([^\"'#\r\n]+)", re.MULTILINE)
_MOST_FILES = 5000
"""How many members' files are looked into before a shell is answered."""

Offer = tuple[str, str]
"""A word to complete to, and what the shell shows beside it."""


def complete_member(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Return the members whose id or name begins with what was typed: ids with names, or names with ids."""
    return _offer(_list_members(_find_root(ctx)), incomplete)


def complete_person(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Return members, and people on the staff list."""
    root = _find_root(ctx)
    return _offer([*_list_members(root), *_list_section(root, "staff")], incomplete)


def complete_group(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Return the Party groups."""
    return _offer(_list_section(_find_root(ctx), "groups"), incomplete)


def _offer(people: Iterator[Offer] | list[Offer], incomplete: str) -> list[Offer]:
    found = list(people)
    by_id = [pair for pair in found if pair[0].startswith(incomplete)]
    return by_id or [(name, id_) for id_, name in found if name.startswith(incomplete)]


def _find_root(ctx: typer.Context) -> Path | None:
    """Return the record root around the folder of -C, by its branch.yaml alone: a shell waits for the answer."""
    return find_folder_with(Path(ctx.find_root().params.get("path") or "."), "branch.yaml")


def _list_members(root: Path | None) -> Iterator[Offer]:
    """Yield id and name of each member by a search of the texts: parsing them would take a second of a shell's time."""
    if root is None:
        return
    for name in list_file_names(root / "members", ".yaml")[:_MOST_FILES]:
        raw = read_file_if_any(root / "members" / name) or b""
        id_, called = _ID_LINE.search(raw), _NAME_LINE.search(raw)
        if id_ and called:
            yield id_[1].decode(), _clean_name(called[1].decode(errors="replace").strip())


def _list_section(root: Path | None, wanted: str) -> Iterator[Offer]:
    """Yield id and name of each entry of a list in branch.yaml."""
    from dangwu.parse.yaml import parse_yaml  # noqa: PLC0415 - only a shell asks

    raw = (read_file_if_any(root / "branch.yaml") if root else None) or b""
    data, _problems = parse_yaml(raw.decode("utf-8-sig", errors="replace"))
    entries = data.get(wanted) if isinstance(data, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry["id"], _clean_name(str(entry.get("name", "")))


def _clean_name(name: str) -> str:
    from dangwu.formats.safe_text import make_one_line  # noqa: PLC0415 - only a shell asks

    return make_one_line(name)
