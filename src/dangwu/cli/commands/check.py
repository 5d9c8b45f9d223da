"""``dangwu check``: findings of the work tree, the index, a commit or a range."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu import __version__
from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import (
    AUDIENCE_METAVAR,
    Session,
    emit,
    find_session,
    parse_audience,
    print_page,
    refuse_unknown_choice,
)
from dangwu.data import resources
from dangwu.errors import ExitCode, UsageError
from dangwu.formats.machine.findings import FINDING_RENDERERS
from dangwu.formats.machine.sarif import render_sarif
from dangwu.formats.registry import ResultKind
from dangwu.formats.terminal.page import show_findings
from dangwu.formats.text import render_findings_text
from dangwu.git.repository import require_repository, resolve_range
from dangwu.model.audience import Audience
from dangwu.model.finding import Severity
from dangwu.model.message import Text, say
from dangwu.pages.findings import build_accepted_page
from dangwu.workspace.catalogue import list_codes
from dangwu.workspace.load import judge_newer_tree
from dangwu.workspace.open_tree import open_tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.results import CheckResult
    from dangwu.workspace.workspace import Workspace

_FAIL_ON_LEVELS = ("error", "warning", "note", "never")
_MAX_SHOWN_PATHS = 5
_TEXT_COLUMNS = 80


def check(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help=_("Show only findings of these files or folders."))
    ] = None,
    *,
    staged: Annotated[bool, typer.Option("--staged", help=_("Judge the index: what a commit would record."))] = False,
    rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=_("Judge a commit."))] = None,
    range_: Annotated[
        str | None, typer.Option("--range", metavar="A..B", help=_("Judge B, and show only what is new since A."))
    ] = None,
    format_: Annotated[str, build_format_option(ResultKind.FINDINGS, _("Form of the output."))] = "text",
    fail_on: Annotated[
        str,
        typer.Option("--fail-on", metavar="error|warning|note|never", help=_("Exit with 1 from this severity on.")),
    ] = "error",
    audience: Annotated[
        str | None, typer.Option("--audience", metavar=AUDIENCE_METAVAR, help=_("Only what this audience may see."))
    ] = None,
    show_accepted: Annotated[
        bool, typer.Option("--show-accepted", help=_("List the findings that the branch has accepted, with reasons."))
    ] = False,
) -> int:
    """Say what is wrong; exit 1 when something is at least as severe as --fail-on."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.FINDINGS)
    refuse_unknown_choice(fail_on, _FAIL_ON_LEVELS, "--fail-on")
    wanted = None if audience is None else parse_audience(audience)
    if sum((staged, rev is not None, range_ is not None)) > 1:
        raise UsageError(say("Choose one of --staged, --rev and --range."))
    if range_ is not None:
        workspace, checked = _judge_range(
            session, range_, _build_path_filter(session, paths), wanted or Audience.HANDLERS
        )
    else:
        workspace = session.workspace(staged=staged, rev=rev)
        checked = workspace.check(session.as_of, _build_path_filter(session, paths), wanted or Audience.HANDLERS)
    _print_findings(
        session, workspace.build_line_reader(session.as_of, wanted), checked, format_, show_accepted=show_accepted
    )
    if staged:
        _report_unstaged_files(session, workspace)
    return ExitCode.FINDINGS if _has_severe_finding(checked, fail_on) else ExitCode.CLEAN


def _print_findings(
    session: Session,
    lines: Callable[[str], bytes | None],
    checked: CheckResult,
    format_: str,
    *,
    show_accepted: bool,
) -> None:
    if format_ != "text":
        repository = session.location().repository
        prefix = repository.prefix if repository else ""
        emit(
            render_sarif_text(session, checked, prefix)
            if format_ == "sarif"
            else _render_machine_format(session, checked, format_, prefix)
        )
        return
    if session.plain:
        emit(render_findings_text(checked, session.language, lines, _TEXT_COLUMNS))
    else:
        show_findings(checked, session.language, session.console(), lines)
    if show_accepted:
        print_page(session, build_accepted_page(checked, session.language), "text")


def _render_machine_format(session: Session, checked: CheckResult, format_: str, prefix: str) -> str:
    return FINDING_RENDERERS[format_](checked, session.language, prefix)


def render_sarif_text(session: Session, checked: CheckResult, prefix: str) -> str:
    """Give the list of rules and their pages along, so that the forge can show them."""
    language = session.language
    pages = {code.id: resources.read_package_file(f"codes/{language.code}/{code.id}.md") for code in list_codes()}
    helps = {id_: raw.decode() for id_, raw in pages.items() if raw is not None}
    return render_sarif(checked, language, prefix, version=__version__, codes=list_codes(), helps=helps)


def _report_unstaged_files(session: Session, workspace: Workspace) -> None:
    """Say which files differ from what was judged, so that nobody takes a green index for a green folder."""
    documents = workspace.corpus.documents
    here = {entry.path: entry.blob for entry in open_tree(session.location()).entries()}
    differing = sorted(path for path, each in documents.items() if here.get(path) != each.blob)
    if differing:
        shown: tuple[str | Text, ...] = tuple(differing[:_MAX_SHOWN_PATHS])
        if len(differing) > _MAX_SHOWN_PATHS:
            shown = (*shown, say("and others: {count}", count=len(differing) - _MAX_SHOWN_PATHS))
        session.tell(say("The index was judged. Files that differ from it in the work tree: {paths}.", paths=shown))


def _build_path_filter(session: Session, paths: list[str] | None) -> Callable[[str], bool] | None:
    """Return what tells whether a path was asked for; paths are relative to the folder people stand in."""
    if not paths:
        return None
    root = session.location().root
    wanted = []
    for path in paths:
        relative = os.path.relpath(os.path.join(session.path, path), root).replace(os.sep, "/")  # noqa: PTH118
        if relative.startswith(".."):
            raise UsageError(say("{path} lies outside the record repository.", path=path))
        wanted.append("" if relative == "." else relative)
    return lambda path: any(not each or path == each or path.startswith(f"{each}/") for each in wanted)


def _judge_range(
    session: Session, range_: str, only: Callable[[str], bool] | None, audience: Audience
) -> tuple[Workspace, CheckResult]:
    location = session.location()
    older, newer = (open_tree(location, rev=each) for each in resolve_range(require_repository(location), range_))
    return judge_newer_tree(older, newer, session.as_of, only, audience)


def _has_severe_finding(checked: CheckResult, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    limit = Severity(fail_on).rank
    return any(finding.severity.rank <= limit for finding in checked.findings)
