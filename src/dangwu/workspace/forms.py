"""What is to be printed: a word of the command line → records, each as an audience may see it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from posixpath import normpath
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.errors import CannotRunError, UsageError
from dangwu.model.audience import Audience
from dangwu.model.corpus import Corpus
from dangwu.model.form_input import FormInput, FormRecord
from dangwu.model.message import say
from dangwu.model.tree import read_path_stem
from dangwu.parse.body import read_body
from dangwu.privacy import views
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from dangwu.workspace.kind_names import find_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dangwu.model.record import Record
    from dangwu.privacy.viewer import Viewer
    from dangwu.workspace.workspace import Workspace

ROSTER_BOOK = "member"
_MEMBER_FOLDER = "members"
_BOOK_KINDS = ("letter",)
"""Kinds whose records of a year are kept in one register."""
_KIND_AND_YEAR = re.compile(r"([a-z-]+)-(\d{4})", re.ASCII)
_APPRAISAL_FILE = "/appraisal.yaml"
_MAX_LISTED = 9


def build_form_input(
    workspace: Workspace, word: str, as_of: date, audience: Audience, *, below: str = "", member: str | None = None
) -> FormInput:
    """Return the record, or the records, that ``word`` means.

    It is a path from the record root or from the folder ``below`` it, of one record or of a folder of them; the id of a
    record; or a kind and a year as in ``target-2026``, for all records of that kind; with ``member`` those about this
    person. UsageError where nothing or more than one record is meant, or where it is not for the audience: then
    nothing is told but the word itself.
    """
    sight = workspace.sight(as_of, audience)
    if word.strip("/") == _MEMBER_FOLDER or normpath(f"{below}{word}") == _MEMBER_FOLDER:
        return _collect_form_input(workspace, sight, _find_roster_paths(workspace, sight, word), book=ROSTER_BOOK)
    chosen = _find_by_path(workspace, word, below, sight) or _find_by_id(workspace, word, sight)
    if not chosen:
        raise _build_unknown_error(workspace, word, sight)
    if member is not None:
        chosen = _select_of_member(workspace, chosen, word, member)
    of = _KIND_AND_YEAR.fullmatch(word)
    book = of[1] if of and of[1] in _BOOK_KINDS else ""
    return _collect_form_input(workspace, sight, chosen, book=book, member=member)


def build_blank_form(workspace: Workspace | None, word: str, as_of: date, audience: Audience) -> FormInput:
    """Return an empty form of a kind, with the branch and its people where there are records. UsageError: no such."""
    known = {name: each for name, each in load_kinds().items() if each.audience is not Audience.SEALED}
    kind = find_kind(word, tuple(known))
    corpus = views.redact_corpus(workspace.sight(as_of, audience)) if workspace else Corpus()
    book = workspace.rulebook if workspace else load_default_rulebook()
    filled = (FormRecord(known[kind], resources.load_schema(kind)),)
    return FormInput(as_of, None, audience, corpus, book, load_kinds(), resources.load_schema, filled)


def _collect_form_input(
    workspace: Workspace, sight: Viewer, paths: Iterable[str], *, book: str = "", member: str | None = None
) -> FormInput:
    corpus = views.redact_corpus(sight)
    records: dict[str, Record] = {record.path: record for record in corpus.records}
    unread = {each.path for each in workspace.corpus.unread}
    filled = tuple(_build_form_record(workspace, path, records.get(sight.told(path)), sight, unread) for path in paths)
    return FormInput(
        as_of=sight.as_of,
        revision=workspace.label,
        audience=sight.audience,
        corpus=corpus,
        rulebook=workspace.rulebook,
        kinds=load_kinds(),
        schema=resources.load_schema,
        filled=filled,
        book=book,
        member=member,
    )


def _build_form_record(
    workspace: Workspace, path: str, record: Record | None, sight: Viewer, unread: set[str]
) -> FormRecord:
    document = workspace.corpus.documents.get(path)
    shown = sight.told(path)
    if path in unread or document is None:
        raise CannotRunError(
            say("{path} cannot be read as a record.", path=shown),
            say("See what is wrong with it: dangwu check {path}", path=shown),
        )
    kind = load_kinds()[document.data["kind"]]
    parts = read_body(document.raw) if sight.inside and path.endswith(".md") else ()
    return FormRecord(kind, resources.load_schema(kind.name), shown, record, views.redact_fields(path, sight), parts)


def _find_roster_paths(workspace: Workspace, sight: Viewer, word: str) -> tuple[str, ...]:
    """Return the paths of those who belong to the branch on the day."""
    if not sight.shows(f"{_MEMBER_FOLDER}/x.yaml"):
        raise _build_closed_error(word, sight)
    corpus = workspace.corpus
    return tuple(member.path for member in corpus.members if sight.as_of in corpus.days_in_branch[member.id])


def _find_by_path(workspace: Workspace, word: str, below: str, sight: Viewer) -> tuple[str, ...]:
    """Return the record at a path, or those in a folder that the audience may see."""
    written = word.replace("\\", "/")
    known = {*workspace.corpus.documents, *(each.path for each in workspace.corpus.unread)}
    for way in dict.fromkeys((normpath(f"{below}{written}"), normpath(written))):
        # Whether there is such a file is not told to whom it is not for.
        if "/" in way and way.endswith((".yaml", ".md")) and not sight.shows(way):
            raise _build_closed_error(word, sight)
        if way in known:
            return (way,)
        inside = sorted(path for path in known if path.startswith(f"{way}/"))
        shown = tuple(path for path in inside if sight.shows(path) and path in workspace.corpus.documents)
        if inside and not shown:
            raise _build_closed_error(word, sight)
        if shown:
            return shown
    return ()


def _find_by_id(workspace: Workspace, word: str, sight: Viewer) -> tuple[str, ...]:
    """Return the one record with an id, or with this name of its file; or all of a kind in a year."""
    names = list(_list_ids(workspace.corpus))
    stems = ((read_path_stem(path), path) for path in workspace.corpus.documents)
    of = _KIND_AND_YEAR.fullmatch(word)
    for pairs in (names, stems):
        shown = tuple(sorted({path for name, path in pairs if name == word and sight.shows(path)}))
        if len(shown) > 1:
            hint = say("Write the path of one of them.")
            told = tuple(sight.told(path) for path in shown[:_MAX_LISTED])
            raise UsageError(say("Several records have the name {name}: {paths}", name=word, paths=told), hint)
        if shown:
            return shown
    return _find_of_year(workspace, of[1], int(of[2]), word, sight) if of else ()


def _select_of_member(workspace: Workspace, paths: tuple[str, ...], word: str, member: str) -> tuple[str, ...]:
    """Return of several records those about a member, and those that have a sheet for each."""
    about = {sheet.path: sheet.subject for sheet in workspace.corpus.generic_records}
    chosen = tuple(path for path in paths if about.get(path) == member or path.endswith(_APPRAISAL_FILE))
    if not chosen:
        raise UsageError(say("{record} says nothing of {member}.", record=word, member=member))
    return chosen


def _find_of_year(workspace: Workspace, kind: str, year: int, word: str, sight: Viewer) -> tuple[str, ...]:
    known = load_kinds().get(kind)
    if known is None:
        return ()
    if not sight.audience.may_see(known.audience):
        raise _build_closed_error(word, sight)
    corpus = workspace.corpus
    meetings = ((meeting.path, meeting.day.year) for meeting in corpus.meetings if meeting.kind == kind)
    days = ((each.path, each.period.start if each.period else each.day) for each in corpus.of(kind))
    sheets = ((path, day.year) for path, day in days if day is not None)
    return tuple(path for path, of in (*meetings, *sheets) if of == year and sight.shows(path))


def _list_ids(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield each record's id with its path."""
    for record in corpus.records:
        yield getattr(record, "id", read_path_stem(record.path)), record.path


def _build_closed_error(word: str, sight: Viewer) -> UsageError:
    return UsageError(say("{record} is not for the audience “{audience}”.", record=word, audience=sight.audience.value))


def _build_unknown_error(workspace: Workspace, word: str, sight: Viewer) -> UsageError:
    """Say that there is no such record for the audience: whether there is one for others is not told."""
    corpus = workspace.corpus
    paths = [path for path in corpus.documents if sight.shows(path)]
    ids = [name for name, path in _list_ids(corpus) if sight.shows(path)]
    near = get_close_matches(word, dict.fromkeys(map(sight.told, (*ids, *paths))), 3)
    hint = say("Did you mean {near}?", near=tuple(near)) if near else say("Write its path, or its id.")
    message = say(
        "There is no record {record} for the audience “{audience}”.", record=word, audience=sight.audience.value
    )
    return UsageError(message, hint)
