"""The input of ``dangwu form``: the records that a word names, or an empty form, as an audience may see them."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.errors import CannotRunError, UsageError
from dangwu.model.audience import Audience
from dangwu.model.corpus import Corpus
from dangwu.model.form_input import FormInput, FormRecord
from dangwu.model.message import say
from dangwu.parse.body import read_body
from dangwu.privacy import views
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from dangwu.workspace.kind_names import find_kind
from dangwu.workspace.resolve_record import build_closed_error, parse_kind_and_year, resolve_visible_paths

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dangwu.model.record import Record
    from dangwu.privacy.viewer import Viewer
    from dangwu.workspace.workspace import Workspace

ROSTER_BOOK = "member"
_MEMBER_FOLDER = "members"
_REGISTER_KINDS = ("letter",)
"""Kinds whose records of a year are printed as one register."""
_APPRAISAL_FILE = "/appraisal.yaml"


def build_form_input(
    workspace: Workspace, word: str, as_of: date, audience: Audience, *, below: str = "", member: str | None = None
) -> FormInput:
    """Return the records that ``word`` names.

    ``word`` is a path (from the record root or from the folder ``below`` it) of a record or a folder; an id; or a kind
    and a year as in ``target-2026``. ``member`` keeps only the records about one person. UsageError when it names no
    record, several by one name, or one that is closed to the audience: the message then repeats only the word.
    """
    viewer = workspace.build_viewer(as_of, audience)
    if word.strip("/") == _MEMBER_FOLDER or normpath(f"{below}{word}") == _MEMBER_FOLDER:
        return _collect_form_input(workspace, viewer, _find_roster_paths(workspace, viewer, word), book=ROSTER_BOOK)
    paths = resolve_visible_paths(workspace.corpus, word, viewer, below)
    if member is not None:
        paths = _select_of_member(workspace, paths, word, member)
    kind, _ = parse_kind_and_year(word) or ("", 0)
    book = kind if kind in _REGISTER_KINDS else ""
    return _collect_form_input(workspace, viewer, paths, book=book, member=member)


def build_blank_form(workspace: Workspace | None, word: str, as_of: date, audience: Audience) -> FormInput:
    """Return an empty form of a kind, with the branch and its members if there is a workspace.

    UsageError when ``word`` names no kind, or several.
    """
    known = {name: kind for name, kind in load_kinds().items() if kind.audience is not Audience.SEALED}
    kind = find_kind(word, tuple(known))
    corpus = views.redact_corpus(workspace.build_viewer(as_of, audience)) if workspace else Corpus()
    rulebook = workspace.rulebook if workspace else load_default_rulebook()
    blank = FormRecord(known[kind], resources.load_schema(kind))
    return FormInput(as_of, None, audience, corpus, rulebook, load_kinds(), resources.load_schema, (blank,))


def _collect_form_input(
    workspace: Workspace, viewer: Viewer, paths: Iterable[str], *, book: str = "", member: str | None = None
) -> FormInput:
    corpus = views.redact_corpus(viewer)
    records: dict[str, Record] = {record.path: record for record in corpus.records}
    unread = {*(file.path for file in workspace.corpus.unread), *workspace.corpus.copies}
    return FormInput(
        as_of=viewer.as_of,
        revision=workspace.label,
        audience=viewer.audience,
        corpus=corpus,
        rulebook=workspace.rulebook,
        kinds=load_kinds(),
        schema=resources.load_schema,
        filled=tuple(
            _build_form_record(workspace, path, records.get(viewer.told(path)), viewer, unread) for path in paths
        ),
        book=book,
        member=member,
    )


def _build_form_record(
    workspace: Workspace, path: str, record: Record | None, viewer: Viewer, unread: set[str]
) -> FormRecord:
    document = workspace.corpus.documents.get(path)
    shown = viewer.told(path)
    if path in unread or document is None:
        raise CannotRunError(
            say("{path} cannot be read as a record.", path=shown),
            say("See what is wrong with it: dangwu check {path}", path=shown),
        )
    kind = load_kinds()[document.data["kind"]]
    body = read_body(document.raw) if viewer.inside and path.endswith(".md") else ()
    return FormRecord(kind, resources.load_schema(kind.name), shown, record, views.redact_fields(path, viewer), body)


def _find_roster_paths(workspace: Workspace, viewer: Viewer, word: str) -> tuple[str, ...]:
    """Return the files of the members who belong to the branch on the day; UsageError when they are closed."""
    if not viewer.shows(f"{_MEMBER_FOLDER}/x.yaml"):
        raise build_closed_error(word, viewer)
    corpus = workspace.corpus
    return tuple(member.path for member in corpus.members if viewer.as_of in corpus.days_in_branch[member.id])


def _select_of_member(workspace: Workspace, paths: tuple[str, ...], word: str, member: str) -> tuple[str, ...]:
    """Keep the records about a member, and appraisals, which have a form for each member; UsageError without any."""
    subjects = {record.path: record.subject for record in workspace.corpus.generic_records}
    selected = tuple(path for path in paths if subjects.get(path) == member or path.endswith(_APPRAISAL_FILE))
    if not selected:
        raise UsageError(say("{record} says nothing of {member}.", record=word, member=member))
    return selected
