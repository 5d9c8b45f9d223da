"""Identify the member of a row, by id or by a unique name; an ambiguous name is a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.sheets.read import cell_values
from dangwu.sheets.read.roster_names import list_name_forms, normalise_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.corpus import Corpus
    from dangwu.sheets.read.rows import RowReader, SheetRow


def identify_rows(reader: RowReader, rows: Sequence[SheetRow], key: str) -> Iterator[SheetRow]:
    """Yield the rows whose member is identified: by the id column ``key``, or where it is missing by a unique name.

    A row whose member is not in the records gets a blocker.
    """
    by_id, by_name = reader.context.corpus.member_by_id, _index_by_name(reader.context.corpus)
    for row in rows:
        id_ = row.get(key)
        if key not in row.cells:
            _identify_by_name(reader, row, by_name)
        elif reader.note_missing(row, key) or id_ is None:
            continue
        else:
            parsed = cell_values.parse_id(row.cells[key].value)
            if isinstance(parsed, Text):
                reader.note(row, key, parsed, say("Ids have lower-case letters, digits and hyphens, as in m003."))
                continue
            row.member = parsed
            if parsed not in by_id:
                row.blocker = _describe_unknown(reader, row, key, parsed)
        if row.member:
            yield row


def name_agrees(reader: RowReader, row: SheetRow) -> bool:
    """Tell whether the name in a row is that of its member; note a problem where it is not."""
    member, name = reader.context.corpus.member_by_id.get(row.member), row.get("name")
    if member is None or name is None or normalise_name(member.name) in list_name_forms(name):
        return True
    message = say("{id} is {name} in the records, not {other}.", id=member.id, name=member.name, other=name)
    reader.note(row, "name", message, say("See whether the rows have slipped; correct the id or the name."))
    return False


def identify_person(reader: RowReader, row: SheetRow, key: str) -> str | None:
    """Return the member whom a cell names by id or unique name; note a problem and return None otherwise."""
    value = row.get(key)
    parsed = cell_values.parse_id(value)
    if isinstance(parsed, str) and parsed in reader.context.corpus.member_by_id:
        return parsed
    ids = find_members_by_name(reader.context.corpus, str(value))
    if len(ids) == 1:
        return ids[0]
    reader.note(
        row, key, say("No member has the id or name {name}.", name=str(value)), say("See the files in members/.")
    )
    return None


def find_members_by_name(corpus: Corpus, name: str) -> list[str]:
    """Return the ids of the members with a name."""
    return _find_by_name(_index_by_name(corpus), name)


def _find_by_name(by_name: Mapping[str, list[str]], name: str) -> list[str]:
    """Return the ids under the whole of a written name, else under it without its number and brackets."""
    return next((by_name[form] for form in list_name_forms(name) if form in by_name), [])


def list_known_people(corpus: Corpus) -> frozenset[str]:
    """Return the ids and names of all members, normalised, as they may stand in a cell."""
    return frozenset({*corpus.member_by_id, *_index_by_name(corpus)})


def _index_by_name(corpus: Corpus) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for id_, member in sorted(corpus.member_by_id.items()):
        index.setdefault(normalise_name(member.name), []).append(id_)
    return index


def _identify_by_name(reader: RowReader, row: SheetRow, by_name: Mapping[str, list[str]]) -> None:
    if reader.note_missing(row, "name"):
        return
    name = row.get("name")
    ids = _find_by_name(by_name, name) if name is not None else []
    if len(ids) == 1:
        row.member = ids[0]
    elif name is not None:
        several = say("Several members are called {name}: {ids}.", name=name, ids=tuple(ids))
        message = several if ids else say("No member has the id or name {name}.", name=name)
        reader.note(row, "name", message, say("Add a column with the members' ids."))


def _describe_unknown(reader: RowReader, row: SheetRow, key: str, id_: str) -> SheetProblem:
    corpus = reader.context.corpus
    if id_ in corpus.unread_members:
        message = say("The file of member {id} has problems of its own.", id=id_)
        return SheetProblem(reader.find_address(row, key), message, say("Run dangwu check and correct it first."))
    message = say("No member has the id {id}.", id=id_)
    return SheetProblem(
        reader.find_address(row, key),
        message,
        say("See the files in members/; new members are added by import members."),
    )
