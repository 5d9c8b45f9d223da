"""``dangwu check``: print the findings in the work tree, the index, a commit or a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.options import FailOnOption, choose_exit_code, parse_fail_on
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.path_filter import parse_path_filter
from dangwu.cli.session import AUDIENCE_METAVAR, Session, emit, find_session, parse_audience, print_page
from dangwu.cli.unsaved import tell_unsaved
from dangwu.errors import UsageError
from dangwu.files.peek import read_file_if_any
from dangwu.files.worktree import WorkTree
from dangwu.formats.code_frame import render_findings_text
from dangwu.formats.registry import ResultKind
from dangwu.formats.terminal.page import show_findings
from dangwu.git.repository import build_no_branch_error, read_object_format, require_repository, resolve_range
from dangwu.model.audience import Audience
from dangwu.model.message import Text, say
from dangwu.pages.findings import build_accepted_page
from dangwu.workspace.new_findings import check_brought, check_newer_tree
from dangwu.workspace.open_tree import open_parents, open_tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.cli.path_filter import PathFilter
    from dangwu.model.results import CheckResult
    from dangwu.workspace.workspace import Workspace

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
    new: Annotated[
        bool, typer.Option("--new", help=_("Only what is new since the last commit; what was there before is counted."))
    ] = False,
    format_: Annotated[str, build_format_option(ResultKind.FINDINGS, _("Form of the output."))] = "text",
    fail_on: FailOnOption = "error",
    audience: Annotated[
        str | None, typer.Option("--audience", metavar=AUDIENCE_METAVAR, help=_("Only what this audience may see."))
    ] = None,
    show_accepted: Annotated[
        bool, typer.Option("--show-accepted", help=_("List the findings that the branch has accepted, with reasons."))
    ] = False,
) -> int:
    """Print the findings; exit 1 when one is at least as severe as --fail-on."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.FINDINGS)
    limit = parse_fail_on(fail_on)
    viewers = None if audience is None else parse_audience(audience)
    if sum((staged, rev is not None, range_ is not None)) > 1:
        raise UsageError(say("Choose one of --staged, --rev and --range."))
    if new and (rev is not None or range_ is not None):
        raise UsageError(say("--new is for the work tree and for --staged; of two commits --range says what is new."))
    path_filter = parse_path_filter(session, paths) if paths else None
    if range_ is not None:
        workspace, checked, known = _check_range(session, range_, path_filter, viewers or Audience.HANDLERS)
    elif new:
        workspace, checked, known = _check_brought(session, path_filter, viewers or Audience.HANDLERS, staged=staged)
    else:
        workspace = session.workspace(staged=staged, rev=rev)
        known = workspace.paths
        only = path_filter.keeps if path_filter else None
        checked = workspace.check(session.as_of, only, viewers or Audience.HANDLERS)
    if path_filter is not None:
        viewer = None if viewers is None else workspace.build_viewer(session.as_of, viewers)
        path_filter.refuse_unknown(session, known, checked, viewer)
    if format_ == "text":
        read_lines = workspace.build_line_reader(session.as_of, viewers)
        _print_findings(session, read_lines, checked, show_accepted=show_accepted)
    else:
        emit(_render_machine_format(session, checked, format_), commands=format_ == "github")
    if staged:
        _report_unstaged_files(session, workspace)
    elif rev is None and range_ is None and format_ == "text":
        _tell_correctable(session, workspace, checked)
        tell_unsaved(session, workspace.corpus)
    return choose_exit_code(checked.findings, limit)


def _tell_correctable(session: Session, workspace: Workspace, checked: CheckResult) -> None:
    """Say how many of the places that were found another command can correct."""
    if not any(finding.code.id.startswith(("DW0", "DW1")) for finding in checked.findings):
        return
    # Whoever checks good records need not wait for this import.
    from dangwu.workspace.fix_records import count_correctable  # noqa: PLC0415

    root = session.location().root
    count = count_correctable(workspace, checked.findings, lambda path: read_file_if_any(root / path))
    if count:
        session.tell(say("Places that dangwu fix can correct: {count}; it shows them first.", count=count))


def _print_findings(
    session: Session, read_lines: Callable[[str], bytes | None], checked: CheckResult, *, show_accepted: bool
) -> None:
    if session.plain:
        emit(render_findings_text(checked, session.language, read_lines, _TEXT_COLUMNS))
    else:
        show_findings(checked, session.language, session.console(), read_lines)
    if show_accepted:
        print_page(session, build_accepted_page(checked, session.language), "text")


def _render_machine_format(session: Session, checked: CheckResult, format_: str) -> str:
    """Return the findings in a format for programs, with paths from the top of the repository where it has one."""
    # The hook before each commit asks for text, and waits for every import.
    from dangwu.cli.sarif_report import render_sarif_report  # noqa: PLC0415
    from dangwu.formats.machine.findings import FINDING_RENDERERS  # noqa: PLC0415

    repository = session.location().repository
    prefix = repository.prefix if repository else ""
    if format_ == "sarif":
        return render_sarif_report(session, checked, prefix)
    return FINDING_RENDERERS[format_](checked, session.language, prefix)


def _report_unstaged_files(session: Session, workspace: Workspace) -> None:
    """Print a warning with the files whose work tree version differs from the checked index."""
    documents = workspace.corpus.documents
    location = session.location()
    tree = WorkTree(location.root, read_object_format(require_repository(location)))
    blobs = {entry.path: entry.blob for entry in tree.entries()}
    differing = sorted(path for path, document in documents.items() if blobs.get(path) != document.blob)
    if differing:
        shown: tuple[str | Text, ...] = tuple(differing[:_MAX_SHOWN_PATHS])
        if len(differing) > _MAX_SHOWN_PATHS:
            shown = (*shown, say("and others: {count}", count=len(differing) - _MAX_SHOWN_PATHS))
        session.tell(say("The index was checked. Files that differ from it in the work tree: {paths}.", paths=shown))


def _check_brought(
    session: Session, path_filter: PathFilter | None, audience: Audience, *, staged: bool
) -> tuple[Workspace, CheckResult, tuple[str, ...]]:
    """Check the index or the work tree, keep what is new since the last commit, and say how much is not."""
    location = session.location()
    if not location.has_branch:
        raise build_no_branch_error()
    olders = open_parents(require_repository(location))
    workspace, brought = check_brought(olders, open_tree(location, staged=staged), session.as_of, audience)
    if brought.standing:
        session.tell(say("Findings that were there before: {count}.", count=brought.standing))
    kept = (
        finding for finding in brought.checked.findings if path_filter is None or path_filter.keeps(finding.source.path)
    )
    return workspace, brought.checked._replace(findings=tuple(kept)), workspace.paths


def _check_range(
    session: Session, range_: str, path_filter: PathFilter | None, audience: Audience
) -> tuple[Workspace, CheckResult, tuple[str, ...]]:
    """Check the newer state; also return the paths of both states. CannotRunError when neither has a branch.yaml."""
    location = session.location()
    older, newer = (open_tree(location, rev=commit) for commit in resolve_range(require_repository(location), range_))
    session.tell_ambiguous_names(location, range_)
    paths = tuple(entry.path for tree in (older, newer) for entry in tree.entries())
    if "branch.yaml" not in paths and not location.has_branch:
        raise build_no_branch_error()
    only = path_filter.keeps if path_filter else None
    workspace, checked = check_newer_tree(older, newer, session.as_of, only, audience)
    return workspace, checked, paths
