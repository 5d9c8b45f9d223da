"""Shared parts of the ``dangwu new`` commands: common options, reading the records, writing the new one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import Session, emit
from dangwu.cli.unfinished import clear_unfinished
from dangwu.cli.unsaved import tell_unsaved
from dangwu.errors import DangwuError
from dangwu.files.journal_place import choose_journal
from dangwu.files.transaction import write_changes
from dangwu.files.write import write_file
from dangwu.git.repository import build_no_branch_error
from dangwu.model.audience import Audience
from dangwu.model.document import PLACEHOLDER
from dangwu.model.file_change import FileChange
from dangwu.model.message import Text, say
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.new_record import build_record_request, choose_record_path, render_new_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dangwu.authoring.new.request import RecordRequest
    from dangwu.model.corpus import Corpus
    from dangwu.workspace.workspace import Workspace

_PERSONAL_FIELDS = frozenset({"name", "contact"})
ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
DateOption = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help=_("The day; the as-of day unless given."))
]
NoInputOption = Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Print the record and write nothing."))]


def read_records(session: Session, *, dry_run: bool = True) -> Workspace:
    """Read the records, what a killed run left settled first unless ``dry_run``; CannotRunError without branch.yaml."""
    if not dry_run:
        clear_unfinished(session)
    workspace = session.workspace()
    if "branch.yaml" not in workspace.paths:
        raise build_no_branch_error()
    return workspace


def build_request(
    session: Session,
    workspace: Workspace,
    kind: str,
    values: Mapping[str, Any],
    *,
    extra: Mapping[str, Any] | None = None,
    day: date | None = None,
) -> RecordRequest:
    """Return the request of a record, with the session's language and as-of day."""
    return build_record_request(
        workspace, kind, values, as_of=session.as_of, language=session.language.code, extra=extra, day=day
    )


def write_record(
    session: Session,
    corpus: Corpus,
    fields: dict[str, Any],
    *,
    slug: str | None = None,
    sections: Mapping[str, str] | None = None,
    dry_run: bool,
) -> None:
    """Write a record, with the ``sections`` of its body, to its path; with ``dry_run`` print it instead.

    A sealed one is printed without names.
    """
    write_records(session, corpus, [(fields, slug)], command="new", dry_run=dry_run, sections=sections)


def write_records(
    session: Session,
    corpus: Corpus,
    records: Sequence[tuple[dict[str, Any], str | None]],
    *,
    command: str,
    dry_run: bool,
    sections: Mapping[str, str] | None = None,
) -> None:
    """Write records, each given with its slug, all or none; with ``dry_run`` print them instead."""
    language = session.language.code
    placed = [(choose_record_path(corpus, fields, slug, session.as_of), fields) for fields, slug in records]
    if dry_run:
        for path, fields in placed:
            sealed = load_kinds()[fields["kind"]].audience is Audience.SEALED
            emit(render_new_record(_hide_persons(fields) if sealed else fields, path, language, sections))
        return
    texts = [(path, render_new_record(fields, path, language, sections)) for path, fields in placed]
    if not texts:
        return
    try:
        _write_texts(session, texts, command)
    except (DangwuError, OSError):
        _show_unwritten(session, placed)
        raise
    session.forget_answered()
    for path, text in texts:
        session.tell(_describe_written(path, text))
    tell_unsaved(session, corpus, [path for path, _ in texts])


def _write_texts(session: Session, texts: Sequence[tuple[str, str]], command: str) -> None:
    location = session.location()
    if len(texts) == 1:
        # A single file is written whole or not at all, without a journal.
        write_file(location.root / texts[0][0], texts[0][1].encode(), root=location.root)
        return
    repository = location.repository
    journal = choose_journal(location.root, repository.git_dir if repository else None)
    write_changes(location.root, [FileChange(path, None, text.encode()) for path, text in texts], journal, command)


def _show_unwritten(session: Session, placed: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Print records that could not be written, if a person has answered questions for them."""
    if not session.answered:
        return
    for path, fields in placed:
        sealed = load_kinds()[fields["kind"]].audience is Audience.SEALED
        session.tell(say("Not written; this is the record, to be kept as {path}:", path=path))
        emit(render_new_record(_hide_persons(fields) if sealed else fields, path, session.language.code))
    session.forget_answered()


def _hide_persons(fields: dict[str, Any]) -> dict[str, Any]:
    """Replace the name and contact of a sealed record."""
    return {key: "…" if key in _PERSONAL_FIELDS and value != PLACEHOLDER else value for key, value in fields.items()}


def _describe_written(path: str, text: str) -> Text:
    """Return the message on a written record, with the number of its placeholders."""
    count = text.count(PLACEHOLDER)
    if count:
        return say(
            "Written: {path}. Places left for a person to write (【待填】): {count}. Then: dangwu check",
            path=path,
            count=count,
        )
    return say("Written: {path}. Then: dangwu check", path=path)
