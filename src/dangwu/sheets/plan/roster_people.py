"""The rows of a roster → people: names without what stands around them, known members, new ones with a free id."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from dangwu.model.day_or_month import DayOrMonth
from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.model.record import Standing
from dangwu.model.roster_answers import RosterAnswers
from dangwu.sheets.plan.member_status import read_membership
from dangwu.sheets.read import cell_values
from dangwu.sheets.read.people import find_members_by_name, identify_rows
from dangwu.sheets.read.post_words import read_posts
from dangwu.sheets.read.roster_names import is_nearly, normalise_name, split_roster_name
from dangwu.sheets.read.roster_rows import is_outsider

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.model.record import Member
    from dangwu.sheets.read.rows import RowReader, SheetRow

_APART = say("Add a column 党员编号 with an id for each of them; a new one may be m101.")
_NUMBERED_ID = re.compile(r"m([0-9]{3,6})", re.ASCII)
_OF_NO_MATTER = re.compile("男|女|.{1,4}族|兼|新")
"""What brackets behind a name say about the person that no record keeps."""
_GONE = frozenset({Standing.LEFT, Standing.TRANSFERRED})


def find_founding_day(reader: RowReader) -> str:
    """Return the day of founding, before which nobody was in the branch."""
    branch = reader.context.corpus.branch
    return (branch.founded if branch else reader.context.as_of).isoformat()


def find_first_day(reader: RowReader) -> str:
    """Return the day from which records are kept."""
    branch = reader.context.corpus.branch
    return (branch.records_from or branch.founded).isoformat() if branch else reader.context.as_of.isoformat()


def clean_rows(reader: RowReader) -> Iterator[SheetRow]:
    """Yield the rows about members, with bare names; what stood in brackets goes where it belongs."""
    outsiders = []
    for row in reader.rows():
        if "status" in row.cells and is_outsider(row.cells["status"].value):
            outsiders.append(f"{row.number} {row.get('name') or ''}".strip())
            continue
        _clean_name(row)
        _read_membership(reader, row)
        _leave_out_planned_day(reader, row)
        yield row
    reader.read -= len(outsiders)
    if outsiders:
        reader.remarks.append(say("These are not members yet and are not read: {rows}.", rows=tuple(outsiders)))


def _clean_name(row: SheetRow) -> None:
    if (name := row.get("name")) is None:
        return
    bare = split_roster_name(name)
    posts = read_posts(bare.remark)
    if bare.remark in {"预备", "预备党员"}:
        row.values.setdefault("status", "probationary")
    elif bare.remark and not posts.unknown:
        row.values["post"] = "、".join(word for word in (row.get("post"), bare.remark) if word)
    elif bare.remark and not _OF_NO_MATTER.fullmatch(bare.remark):
        # As in two people of one name: 张伟（大）.
        return
    row.values["name"] = bare.name


def _read_membership(reader: RowReader, row: SheetRow) -> None:
    if (text := row.get("membership")) is None:
        return
    membership = read_membership(text)
    if isinstance(membership, Text):
        reader.note(row, "membership", membership, say("Correct the cell, or leave the column out: --map {option}=",
                                                       option=_read_head(reader, "membership")))  # fmt: skip
    elif membership:
        row.values["status"] = membership


def _read_head(reader: RowReader, key: str) -> str:
    return next((column.head for column in reader.header.columns if column.key == key), key)


def _leave_out_planned_day(reader: RowReader, row: SheetRow) -> None:
    """Leave out a day of becoming a full member that is still to come: it is planned, not yet decided."""
    planned = row.get("converted_on")
    known = DayOrMonth.parse(planned)
    if known is not None and known.is_after(reader.context.as_of):
        del row.values["converted_on"]
        row.values.setdefault("status", "probationary")
        reader.remarks.append(say("{name} becomes a full member on {day} at the earliest; this is recorded then.",
                                  name=row.get("name") or str(row.number), day=planned))  # fmt: skip


def identify_people(reader: RowReader, rows: Sequence[SheetRow]) -> Iterator[SheetRow]:
    """Yield the rows with their members: known by id or name, else new, with the next free id.

    A name that is nearly that of a member who is not in the roster is a question, and no new person.
    """
    if _only_counts(reader, rows):
        head = _read_head(reader, "id")
        reader.remarks.append(say("The column “{head}” only counts the rows; ids are given by dangwu.", head=head))
        for row in rows:
            row.values.pop("id", None)
            _drop_cell(row, "id")
    with_id = [row for row in rows if "id" in row.cells and not row.cells["id"].blank]
    yield from identify_rows(reader, with_id, "id")
    by_name: dict[str, list[SheetRow]] = {}
    for row in rows:
        if row not in with_id and not reader.note_missing(row, "name") and row.get("name") is not None:
            _drop_cell(row, "id")
            by_name.setdefault(normalise_name(row.get("name")), []).append(row)
    known = {row.member for row in with_id} | {
        ids[0] for name in by_name if len(ids := find_members_by_name(reader.context.corpus, name)) == 1
    }
    free_ids = _find_free_ids(reader, {row.member for row in with_id})
    for namesakes in by_name.values():
        for row in namesakes:
            if _name_member(reader, row, namesakes, known):
                row.member = row.member or next(free_ids)
                yield row


def _drop_cell(row: SheetRow, key: str) -> None:
    """Treat a row as one of a roster that does not have a column."""
    row.cells = {name: cell for name, cell in row.cells.items() if name != key}


def _only_counts(reader: RowReader, rows: Sequence[SheetRow]) -> bool:
    """Tell whether the column of ids counts the rows: 1, 2, 3 and so on, none of them an id of the records."""
    written = [row.cells["id"].value for row in rows if "id" in row.cells and not row.cells["id"].blank]
    ids = [cell_values.parse_id(value) for value in written]
    numbers = [int(id_) for id_ in ids if isinstance(id_, str) and id_.isdecimal()]
    return (
        len(numbers) == len(written) > 1
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] in {0, 1}
        and not any(str(id_) in reader.context.corpus.member_by_id for id_ in ids)
    )


def _find_free_ids(reader: RowReader, used: set[str]) -> Iterator[str]:
    """Yield ids as m001 that no record, no file and no row has, beginning after the highest."""
    corpus = reader.context.corpus
    stems = {path.rpartition("/")[2].rpartition(".")[0] for path in reader.context.paths if path.startswith("members/")}
    taken = {*corpus.member_by_id, *corpus.unread_members, *stems, *used}
    numbers = [int(match[1]) for id_ in taken if (match := _NUMBERED_ID.fullmatch(id_))]
    return (f"m{number:03d}" for number in count(max(numbers, default=0) + 1))


def _name_member(reader: RowReader, row: SheetRow, namesakes: Sequence[SheetRow], known: set[str]) -> bool:
    """Find the member of a row without an id, if the records have one; False where there is a question left."""
    name, answers = str(row.get("name")), reader.context.answers or RosterAnswers()
    same = next((id_ for written, id_ in answers.same.items() if normalise_name(written) == normalise_name(name)), None)
    if same is not None:
        row.member = same
        row.values["name"] = reader.context.corpus.name_of(same)
        return True
    ids = find_members_by_name(reader.context.corpus, name)
    if len(ids) > 1 or (len(namesakes) > 1):
        message = say("Several people are called {name}.", name=name)
        reader.note(row, "name", message, _APART)
        return False
    if ids:
        row.member = ids[0]
        return True
    near = None if any(normalise_name(name) == normalise_name(other) for other in answers.others) else _find_near(
        reader, row, known)  # fmt: skip
    if near is not None:
        _ask_about(reader, row, name, near)
    return near is None


def _find_near(reader: RowReader, row: SheetRow, known: set[str]) -> Member | None:
    """Return the member, not in the roster, whose name is nearly that of a row; of short names the day must agree."""
    corpus = reader.context.corpus
    for member in corpus.members:
        standing = member.standing_on(reader.context.as_of)
        if member.id in known or standing in _GONE:
            continue
        joined, other = member.joined, DayOrMonth.parse(row.get("joined_on"))
        same_day = joined is not None and other is not None and joined.may_be(other)
        agrees = same_day and member.name[:1] == str(row.get("name"))[:1]
        if agrees or is_nearly(member.name, str(row.get("name"))):
            return member
    return None


def _ask_about(reader: RowReader, row: SheetRow, name: str, near: Member) -> None:
    message = say("{name} is not in the records, and {near} ({id}) is not in the sheet: one person, or two?",
                  name=name, near=near.name, id=near.id)  # fmt: skip
    same, other = f'--same "{name}={near.id}"', f'--other "{name}"'
    hint = say("One person: {same} ; two people: {other}", same=same, other=other)
    cell = row.cells["name"]
    reader.keep_problem(
        row, cell, SheetProblem(reader.find_address(row, "name"), message, hint, (say("{option}", option=same),))
    )
