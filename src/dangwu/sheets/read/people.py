"""Whom a row is about: by id, or by a name that is alone; nobody is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.sheets.read import cell_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.corpus import Corpus
    from dangwu.sheets.read.rows import RowReader, SheetRow


def identify_rows(reader: RowReader, rows: Sequence[SheetRow], key: str) -> Iterator[SheetRow]:
    """Yield the rows whose member is known for certain, by id, or by a name that is alone where there are no ids.

    ``key`` is the column of ids. A row of a member who is not in the records is held.
    """
    by_id, by_name = reader.known.corpus.member_by_id, _index_by_name(reader.known.corpus)
    for row in rows:
        said = row.get(key)
        if key not in row.spots:
            _identify_by_name(reader, row, by_name)
        elif reader.lacking(row, key) or said is None:
            continue
        else:
            made = cell_values.parse_id(row.spots[key].value)
            if isinstance(made, Text):
                reader.note(row, key, made, say("Ids have lower-case letters, digits and hyphens, as in m003."))
                continue
            row.member = made
            if made not in by_id:
                row.held = _describe_unknown(reader, row, key, made)
        if row.member:
            yield row


def name_agrees(reader: RowReader, row: SheetRow) -> bool:
    """Tell whether the name in a row is that of its member; note it where it is not."""
    member, name = reader.known.corpus.member_by_id.get(row.member), row.get("name")
    if member is None or name is None or cell_values.normalise_words(name) == cell_values.normalise_words(member.name):
        return True
    message = say("{id} is {name} in the records, not {other}.", id=member.id, name=member.name, other=name)
    reader.note(row, "name", message, say("See whether the rows have slipped; correct the id or the name."))
    return False


def identify_person(reader: RowReader, row: SheetRow, key: str) -> str | None:
    """Return the member whom a cell names by id or by a name that is alone; None where that is not certain."""
    said = row.get(key)
    made = cell_values.parse_id(said)
    if isinstance(made, str) and made in reader.known.corpus.member_by_id:
        return made
    found = find_members_by_name(reader.known.corpus, str(said))
    if len(found) == 1:
        return found[0]
    reader.note(
        row, key, say("No member has the id or name {name}.", name=str(said)), say("See the files in members/.")
    )
    return None


def find_members_by_name(corpus: Corpus, name: str) -> list[str]:
    """Return the ids of the members who have a name."""
    return _index_by_name(corpus).get(cell_values.normalise_words(name), [])


def _index_by_name(corpus: Corpus) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, member in sorted(corpus.member_by_id.items()):
        found.setdefault(cell_values.normalise_words(member.name), []).append(id_)
    return found


def _identify_by_name(reader: RowReader, row: SheetRow, by_name: Mapping[str, list[str]]) -> None:
    if reader.lacking(row, "name"):
        return
    name = row.get("name")
    found = by_name.get(cell_values.normalise_words(name), []) if name is not None else []
    if len(found) == 1:
        row.member = found[0]
    elif name is not None:
        several = say("Several members are called {name}: {ids}.", name=name, ids=tuple(found))
        message = several if found else say("No member has the id or name {name}.", name=name)
        reader.note(row, "name", message, say("Add a column with the members' ids."))


def _describe_unknown(reader: RowReader, row: SheetRow, key: str, said: str) -> SheetProblem:
    corpus = reader.known.corpus
    if said in corpus.unread_members:
        message = say("The file of member {id} has problems of its own.", id=said)
        return SheetProblem(reader.cell(row, key), message, say("Run dangwu check and correct it first."))
    message = say("No member has the id {id}.", id=said)
    return SheetProblem(
        reader.cell(row, key), message, say("See the files in members/; new members come with import members.")
    )
