"""Whom a row is about: by id, or by a name that is alone; nobody is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.import_plan import Trouble
from dangwu.model.message import Text, say
from dangwu.sheets.read import cell_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.corpus import Corpus
    from dangwu.sheets.read.rows import Reader, Row


def people(reader: Reader, rows: Sequence[Row], key: str) -> Iterator[Row]:
    """Yield the rows whose member is known for certain, by id, or by a name that is alone where there are no ids.

    ``key`` is the column of ids. A row of a member who is not in the records is held.
    """
    by_id, by_name = reader.known.corpus.member_by_id, _by_name(reader.known.corpus)
    for row in rows:
        said = row.get(key)
        if key not in row.spots:
            _by_name_alone(reader, row, by_name)
        elif reader.lacking(row, key) or said is None:
            continue
        else:
            made = cell_values.id_(row.spots[key].value)
            if isinstance(made, Text):
                reader.note(row, key, made, say("Ids have lower-case letters, digits and hyphens, as in m003."))
                continue
            row.member = made
            if made not in by_id:
                row.held = _unknown(reader, row, key, made)
        if row.member:
            yield row


def agrees(reader: Reader, row: Row) -> bool:
    """Tell whether the name in a row is that of its member; note it where it is not."""
    member, name = reader.known.corpus.member_by_id.get(row.member), row.get("name")
    if member is None or name is None or cell_values.key(name) == cell_values.key(member.name):
        return True
    message = say("{id} is {name} in the records, not {other}.", id=member.id, name=member.name, other=name)
    reader.note(row, "name", message, say("See whether the rows have slipped; correct the id or the name."))
    return False


def person(reader: Reader, row: Row, key: str) -> str | None:
    """Return the member whom a cell names by id or by a name that is alone; None where that is not certain."""
    said = row.get(key)
    made = cell_values.id_(said)
    if isinstance(made, str) and made in reader.known.corpus.member_by_id:
        return made
    found = named(reader.known.corpus, str(said))
    if len(found) == 1:
        return found[0]
    reader.note(
        row, key, say("No member has the id or name {name}.", name=str(said)), say("See the files in members/.")
    )
    return None


def named(corpus: Corpus, name: str) -> list[str]:
    """Return the ids of the members who have a name."""
    return _by_name(corpus).get(cell_values.key(name), [])


def _by_name(corpus: Corpus) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, member in sorted(corpus.member_by_id.items()):
        found.setdefault(cell_values.key(member.name), []).append(id_)
    return found


def _by_name_alone(reader: Reader, row: Row, by_name: Mapping[str, list[str]]) -> None:
    if reader.lacking(row, "name"):
        return
    name = row.get("name")
    found = by_name.get(cell_values.key(name), []) if name is not None else []
    if len(found) == 1:
        row.member = found[0]
    elif name is not None:
        several = say("Several members are called {name}: {ids}.", name=name, ids=tuple(found))
        message = several if found else say("No member has the id or name {name}.", name=name)
        reader.note(row, "name", message, say("Add a column with the members' ids."))


def _unknown(reader: Reader, row: Row, key: str, said: str) -> Trouble:
    corpus = reader.known.corpus
    if said in corpus.unread_members:
        message = say("The file of member {id} has problems of its own.", id=said)
        return Trouble(reader.cell(row, key), message, say("Run dangwu check and correct it first."))
    message = say("No member has the id {id}.", id=said)
    return Trouble(
        reader.cell(row, key), message, say("See the files in members/; new members come with import members.")
    )
