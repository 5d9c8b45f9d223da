"""``dangwu fix``: show the safe corrections of records as a diff, and write them when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.path_filter import parse_path_filter
from dangwu.cli.prompts import Asker
from dangwu.cli.session import AUDIENCE_METAVAR, Session, emit, find_session, parse_audience
from dangwu.cli.unfinished import clear_unfinished, tell_unfinished
from dangwu.cli.usage_errors import Command
from dangwu.errors import ExitCode
from dangwu.files.journal_place import choose_journal
from dangwu.files.transaction import write_changes
from dangwu.formats.fix_text import format_fix_lines, render_fix_text
from dangwu.formats.machine.fix_json import render_fix_json
from dangwu.formats.registry import ResultKind
from dangwu.formats.terminal.page import show_lines
from dangwu.model.audience import Audience
from dangwu.model.corpus import Corpus
from dangwu.model.file_change import FileChange
from dangwu.model.message import say
from dangwu.model.results import CheckResult
from dangwu.workspace.fix_records import plan_fix
from dangwu.workspace.load import load_workspace
from dangwu.workspace.open_tree import open_tree

if TYPE_CHECKING:
    from dangwu.git.repository import RecordRoot
    from dangwu.model.correction import FixPlan


def build_command(title: str) -> typer.Typer:
    """Return the command with an example below its help."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(
        "fix",
        cls=Command,
        help=title,
        epilog=_("A correction never changes what a record says; whatever may mean two things is left and named."),
    )(fix)
    return app


def fix(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help=_("Correct only these files or folders."))
    ] = None,
    *,
    write: Annotated[
        bool, typer.Option("--write", help=_("Write the corrections without asking; else they are shown first."))
    ] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))] = False,
    format_: Annotated[str, build_format_option(ResultKind.STATUS, _("Form of the output."))] = "text",
    audience: Annotated[
        str | None, typer.Option("--audience", metavar=AUDIENCE_METAVAR, help=_("Only what this audience may see."))
    ] = None,
) -> int:
    """Print the corrections as a diff; write them with --write, or on a terminal after a yes. Exit 1 if some remain."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.STATUS)
    viewers = Audience.COMMITTEE if audience is None else parse_audience(audience)
    location = session.require_branch()
    ask = Asker(session, Corpus(), enabled=not no_input and format_ == "text")
    if write or ask.interactive:
        clear_unfinished(session)
    else:
        tell_unfinished(session)
    plan = _plan(session, location, paths, viewers)
    if format_ == "text":
        _show(session, plan)
    wanted = bool(plan.files) and (write or _agrees(ask))
    if wanted:
        _write(location, plan)
    if format_ == "json":
        emit(render_fix_json(plan, session.language, written=wanted))
    _tell_end(session, plan, written=wanted)
    return ExitCode.CLEAN if wanted or not plan.files else ExitCode.FINDINGS


def _plan(session: Session, location: RecordRoot, words: list[str] | None, audience: Audience) -> FixPlan:
    """Read the records, and plan the corrections of the files that are named."""
    tree = open_tree(location)
    workspace = load_workspace(tree)
    viewer = workspace.build_viewer(session.as_of, audience)
    path_filter = parse_path_filter(session, words) if words else None
    if path_filter is not None:
        found = tuple(workspace.reading_findings)
        checked = CheckResult(as_of=session.as_of, revision=None, findings=found, accepted=(), records=0)
        path_filter.refuse_unknown(session, workspace.paths, checked, None)
    only = path_filter.keeps if path_filter else None
    return plan_fix(location, tree, workspace, session.as_of, viewer=viewer, only=only)


def _show(session: Session, plan: FixPlan) -> None:
    if session.plain:
        text = render_fix_text(plan, session.language)
        if text:
            emit(text)
    else:
        show_lines(format_fix_lines(plan, session.language), session.console())


def _agrees(ask: Asker) -> bool:
    """Ask whether the corrections that were shown are to be written; without a terminal they are not."""
    return ask.interactive and ask.agrees(_("Write these corrections? y for yes, Enter for no"))


def _write(location: RecordRoot, plan: FixPlan) -> None:
    """Write all files, or none: each only if it still is what was read."""
    repository = location.repository
    journal = choose_journal(location.root, repository.git_dir if repository else None)
    changes = [FileChange(file.path, file.before, file.after) for file in plan.files]
    write_changes(location.root, changes, journal, "fix")


def _tell_end(session: Session, plan: FixPlan, *, written: bool) -> None:
    """Say what was or would be written, and what else there is to see."""
    count, files = sum(len(file.corrections) for file in plan.files), len(plan.files)
    if not plan.files:
        session.tell(say("There is nothing here that is safe to correct."))
    elif written:
        session.tell(say("Corrected: places {count}, files {files}. Then: dangwu save", count=count, files=files))
    else:
        session.tell(
            say("Nothing was written. To be corrected: places {count}, files {files}. Write them: dangwu fix --write",
                count=count, files=files)
        )  # fmt: skip
    if plan.uncovered:
        session.tell(
            say("Findings that show only once the files can be read: {count}; dangwu check lists them.",
                count=plan.uncovered)
        )  # fmt: skip
    if plan.others:
        session.tell(say("Findings here that only a person can correct: {count}; see dangwu check.", count=plan.others))
