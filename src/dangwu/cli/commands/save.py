"""``dangwu save``: check what changed, and record it in git in the name of whoever writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.committer import require_identity
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import emit, find_session
from dangwu.cli.unfinished import clear_unfinished
from dangwu.errors import ExitCode
from dangwu.formats.code_frame import render_findings_text
from dangwu.formats.safe_text import make_safe_text
from dangwu.git.new_commit import make_commit, require_current_branch
from dangwu.git.repository import require_repository
from dangwu.model.corpus import Corpus
from dangwu.model.finding import Severity
from dangwu.model.finding_list import count_findings
from dangwu.model.message import Text, say
from dangwu.pages.record_changes import ChangeText
from dangwu.pages.saved import build_commit_message, describe_changes
from dangwu.workspace.save_records import plan_save

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.workspace.save_records import SavePlan

_SHORT_ID_LENGTH = 12
_MAX_SHOWN_PATHS = 5
_COLUMNS = 80


def save(
    context: typer.Context,
    message: Annotated[
        str | None, typer.Argument(metavar="[MESSAGE]", help=_("What was done; said by dangwu unless given."))
    ] = None,
    *,
    name: Annotated[str | None, typer.Option("--name", help=_("Your name, kept in this repository."))] = None,
    mail: Annotated[str | None, typer.Option("--mail", help=_("Your mail address, kept in this repository."))] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))] = False,
) -> int:
    """Commit all records that changed, unless that brings an error; print what was saved or is to be corrected."""
    session = find_session(context)
    session.require_branch()
    repository = require_repository(session.location())
    require_current_branch(repository)
    clear_unfinished(session)
    plan = plan_save(session.location(), session.as_of)
    if plan.prepared is None:
        _tell_left_out(session, plan)
        session.tell(say("Nothing to save: the last commit has every record as it is."))
        return ExitCode.CLEAN
    if _refuse_errors(session, plan):
        return ExitCode.FINDINGS
    require_identity(repository, Asker(session, Corpus(), enabled=not no_input), name, mail)
    words = ChangeText(session.language, *([plan.workspace.corpus] if plan.workspace else []))
    text = f"{message.strip()}\n" if message and message.strip() else build_commit_message(plan.changes, words)
    commit = make_commit(repository, plan.prepared, text)
    for line in describe_changes(plan.changes, words):
        emit(make_safe_text(line))
    _tell_left_out(session, plan)
    session.tell(
        say("Saved: {count} records, commit {commit}.", count=len(plan.changes), commit=commit[:_SHORT_ID_LENGTH])
    )
    return ExitCode.CLEAN


def _refuse_errors(session: Session, plan: SavePlan) -> bool:
    """Print the errors that the change brings, and how many other findings; tell whether there are errors."""
    if plan.brought is None or plan.workspace is None:
        return False
    checked = plan.brought.checked
    errors = tuple(finding for finding in checked.findings if finding.code.severity is Severity.ERROR)
    if errors:
        read_lines = plan.workspace.build_line_reader(session.as_of, None)
        shown = checked._replace(findings=errors, accepted=())
        emit(render_findings_text(shown, session.language, read_lines, _COLUMNS))
    others = count_findings(checked.findings) - count_findings(errors)
    if others:
        session.tell(say("Warnings and notes that this brings: {count}; dangwu check shows them.", count=others))
    if plan.brought.standing:
        session.tell(say("Findings that were there before: {count}.", count=plan.brought.standing))
    if errors:
        session.tell(say("Not saved: correct these places first: {count}.", count=count_findings(errors)))
    return bool(errors)


def _tell_left_out(session: Session, plan: SavePlan) -> None:
    """Say which records stay as they are, and why."""
    if plan.drafts:
        session.tell(
            say("Drafts, with 【待填】 in them, are kept and not saved yet: {paths}.", paths=_shorten(plan.drafts))
        )
    if plan.unread:
        session.tell(say("These cannot be read and were not saved: {paths}.", paths=_shorten(plan.unread)))


def _shorten(paths: tuple[str, ...]) -> tuple[str | Text, ...]:
    shown: tuple[str | Text, ...] = paths[:_MAX_SHOWN_PATHS]
    left = len(paths) - len(shown)
    return (*shown, say("and others: {count}", count=left)) if left else shown
