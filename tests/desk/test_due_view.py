"""What the desk says: one row for each duty and action, names for ids, no more than the audience may see."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from dangwu.desk import frame
from dangwu.desk.due_view import build_due_view
from dangwu.desk.paper_files import PaperFormats, make_blank_file, make_record_file
from dangwu.desk.reading import Reading
from dangwu.desk.record_view import build_record_view
from dangwu.desk.records_view import build_records_view
from dangwu.git.repository import find_record_root
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.model.duty import DutyState, NearMiss
from dangwu.model.message import say
from tests.support.branches import base_repo

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.desk.reading import Shelf
    from tests.support.branches import Demo
    from tests.support.gitrepo import GitRepo

DAY = date(2026, 11, 23)
FORMATS = PaperFormats(("docx",), ("docx",))


def shelf_of(folder: Path, audience: Audience = Audience.COMMITTEE, day: date = DAY, lang: str = "zh") -> Shelf:
    return Reading(find_record_root(folder), load_language(lang), audience, lambda: day).find_shelf()


@pytest.fixture(scope="module")
def sample(demo: Demo) -> Shelf:
    return shelf_of(demo.path)


def test_every_duty_that_is_owed_stands_in_one_row(sample: Shelf) -> None:
    view = build_due_view(sample)
    owed = [duty for duty in sample.due.duties if duty.state in {DutyState.OVERDUE, DutyState.OPEN}]
    counted = {title: number for title, number, _ in view.figures}
    overdue = [duty for duty in owed if duty.state is DutyState.OVERDUE and not duty.acknowledged]
    assert next(iter(counted.values())) == len(overdue) > 0
    titles = [[row.title for row in section.rows] for section in view.sections]
    assert [section.folded for section in view.sections] == [False, False, False, True]
    assert sum(map(len, titles)) < len(owed), "what many owe is one row"
    assert {sample.language.value(duty.title) for duty in owed if not duty.acknowledged} == {
        title for section in titles for title in section
    }


def test_the_same_duty_of_several_months_is_one_row_with_its_months(sample: Shelf) -> None:
    overdue = build_due_view(sample).sections[0].rows
    dues = [row for row in overdue if row.title == "按月交纳党费"]
    assert len(dues) == 1
    names = {sample.corpus.name_of(duty.subject or "") for duty in sample.due.duties
             if duty.state is DutyState.OVERDUE and duty.title.zh == "按月交纳党费"}  # fmt: skip
    assert {name for who, _ in dues[0].owed for name in who.split("、")} == names
    assert [link.address for link in dues[0].links] == ["/record/dues/2026.yaml"]


def test_no_row_shows_an_id(sample: Shelf) -> None:
    ids = {*sample.corpus.member_by_id, *sample.corpus.by_id, *(duty.id for duty in sample.due.duties)}
    for section in build_due_view(sample).sections:
        for row in section.rows:
            words = " ".join((row.title, row.due, row.step, *(part for pair in row.owed for part in pair),
                              *(note.text for note in row.notes)))  # fmt: skip
            assert not ids & set(re.split(r"[\s、，：（）]+", words)), words


@pytest.mark.parametrize("year", [None, 2025, 2026, 1])
def test_every_record_of_a_year_is_listed_once(sample: Shelf, year: int | None) -> None:
    view = build_records_view(sample, year, "")
    listed = [row.address for section in view.sections for _, rows in section.months for row in rows]
    assert len(listed) == len(set(listed)) == view.found
    assert view.year == (2025 if year == 2025 else 2026)
    every = {
        row.address for known in view.years for section in build_records_view(sample, known, "").sections
        for _, rows in section.months for row in rows
    }  # fmt: skip
    assert every == {sample.find_link(path) for path in sample.record_by_path}


def test_a_search_finds_a_person_a_day_and_a_kind(sample: Shelf) -> None:
    meeting = next(each for each in sample.corpus.meetings if each.kind == "group-meeting")
    person = sample.corpus.name_of(meeting.present[0])
    for words in (person, meeting.day.isoformat(), f"党小组会 {person}", f"{meeting.day} {person}"):
        view = build_records_view(sample, None, words)
        found = {row.address for section in view.sections for _, rows in section.months for row in rows}
        assert view.cut or sample.find_link(meeting.path) in found, words
    assert build_records_view(sample, None, "没有这样的人").found == 0


def test_every_record_can_be_read_and_printed(sample: Shelf) -> None:
    """One of each kind, in the words of its form."""
    by_kind = {sample.corpus.documents[path].data["kind"]: path for path in sample.record_by_path}
    assert len(by_kind) > 25
    for path in by_kind.values():
        view = build_record_view(sample, path, FORMATS.forms)
        assert view.heading
        assert "<t" in view.body
        made = make_record_file(sample, f"{sample.make_key(path)}.docx", FORMATS)
        assert made is not None
        assert made.body.startswith(b"PK")
    for kind in sample.due.kinds:
        assert (make_blank_file(sample, f"{kind}.docx", FORMATS) is None) is not sample.can_print(kind)


def test_confidential_records_are_for_handlers_and_their_addresses_say_nothing(demo: Demo) -> None:
    committee, handlers = shelf_of(demo.path), shelf_of(demo.path, Audience.HANDLERS)
    more = set(handlers.record_by_path) - set(committee.record_by_path)
    assert more
    for path in more:
        key = handlers.make_key(path)
        assert re.fullmatch("[0-9a-f]{24}", key)
        assert handlers.path_by_key[key] == path
        assert committee.path_by_key.get(key) is committee.path_by_key.get(path) is None
        assert build_record_view(handlers, path, ()).title == "一份记录"
    # Of another run the words are others.
    again = shelf_of(demo.path, Audience.HANDLERS)
    assert {again.make_key(path) for path in more}.isdisjoint(map(handlers.make_key, more))
    sealed = {path for path in committee.workspace.corpus.documents if committee.viewer.find_audience(path) == "sealed"}
    assert not sealed & set(handlers.record_by_path)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '" onfocus="alert(1)', "{{ 7*7 }}", "</style><b>"])
def test_what_people_write_is_never_markup(tmp_path: Path, name: str) -> None:
    repo = base_repo(tmp_path / "支部")
    file = repo.path / "members" / "m001.yaml"
    text = file.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith("name:"))
    file.write_text(text.replace(line, f"name: {name!r}"), encoding="utf-8")
    shelf = shelf_of(repo.path, day=date(2026, 6, 30))
    assert shelf.corpus.name_of("m001") == name
    pages = [
        frame.fill_inside("records", shelf, view=build_records_view(shelf, None, name), here="records"),
        frame.fill_inside("record", shelf, view=build_record_view(shelf, "members/m001.yaml", ()), here="records"),
        frame.fill_inside("due", shelf, view=build_due_view(shelf), here="due", blanks=()),
    ]
    for page in pages[:2]:
        assert str(escape(name)).encode() in page
        assert b"7*7" in page or name.encode() not in page
    assert b"<script" not in b"".join(pages)


def test_the_records_are_read_again_only_when_something_changed(tmp_path: Path) -> None:
    repo: GitRepo = base_repo(tmp_path / "支部")
    days = [date(2026, 6, 30)]
    reading = Reading(find_record_root(repo.path), load_language("zh"), Audience.COMMITTEE, lambda: days[0])
    first = reading.find_shelf()
    assert reading.find_shelf() is first
    (repo.path / ".git" / "note").write_text("x")
    assert reading.find_shelf() is first
    file = repo.path / "members" / "m001.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    second = reading.find_shelf()
    assert second is not first
    repo.commit()
    third = reading.find_shelf()
    assert third is not second
    days[0] = date(2026, 7, 1)
    assert reading.find_shelf().as_of == days[0]
    file.unlink()
    assert "members/m001.yaml" not in reading.find_shelf().record_by_path


def test_a_record_that_does_not_count_is_named_in_words_with_its_reason(demo: Demo) -> None:
    shelf = shelf_of(demo.path)
    overdue = next(duty for duty in shelf.due.duties if duty.state is DutyState.OVERDUE and not duty.acknowledged)
    meetings = [each for each in shelf.corpus.meetings if each.kind == "group-meeting"][:5]
    misses = tuple(NearMiss(path=each.path, reason=say("The chair is not a leader.")) for each in meetings)
    duties = tuple(replace(each, near_misses=misses) if each is overdue else each for each in shelf.due.duties)
    shelf.__dict__["due"] = shelf.due._replace(duties=duties)
    rows = [row for section in build_due_view(shelf).sections for row in section.rows if row.notes]
    assert len(rows) == 1
    notes = rows[0].notes
    assert [note.address for note in notes] == [*(f"/record/{each.path}" for each in meetings[:3]), ""]
    for note, meeting in zip(notes, meetings, strict=False):
        if note.address:
            assert meeting.path not in note.text
            assert f"{meeting.day.month}月{meeting.day.day}日" in note.text


@pytest.mark.parametrize("days", [-1, 0, 1, 14, 15, 45, 46])
def test_every_open_duty_is_in_the_section_of_its_day(demo: Demo, days: int) -> None:
    shelf = shelf_of(demo.path)
    some = next(duty for duty in shelf.due.duties if duty.state is DutyState.OPEN)
    state = DutyState.OVERDUE if days < 0 else DutyState.OPEN
    duty = replace(some, due=DAY + timedelta(days=days), state=state)
    shelf.__dict__["due"] = shelf.due._replace(duties=(duty,))
    view = build_due_view(shelf)
    filled = [number for number, section in enumerate(view.sections) if section.rows]
    assert filled == [0 if days < 0 else 1 if days <= 14 else 2 if days <= 45 else 3]
    assert [number for _, number, _ in view.figures][:3] == [int(at in filled) for at in range(3)]
    (row,) = view.sections[filled[0]].rows
    assert str(abs(days)) in row.due if days else "今天" in row.due
