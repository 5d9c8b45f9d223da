"""``dangwu check``: findings of the work tree, the index, a commit or a range."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu import __version__
from dangwu.cli.languages import _
from dangwu.cli.output import choose_format, format_option
from dangwu.cli.session import AUDIENCES, Session, audience_of, choose, emit, of, show
from dangwu.data import resources
from dangwu.errors import Exit, UsageError
from dangwu.formats.machine.findings import FINDINGS
from dangwu.formats.machine.sarif import sarif
from dangwu.formats.registry import Result
from dangwu.formats.terminal.page import show_findings
from dangwu.formats.text import findings_text
from dangwu.git.repository import needed, resolve_range
from dangwu.model.audience import Audience
from dangwu.model.finding import Severity
from dangwu.model.message import Text, say
from dangwu.pages.findings import accepted_page
from dangwu.workspace.catalogue import codes
from dangwu.workspace.load import news
from dangwu.workspace.open_tree import open_tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.results import Checked
    from dangwu.workspace.workspace import Workspace

_FAIL_ON = ("error", "warning", "note", "never")
_SHOWN = 5
_COLUMNS = 80


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
    format_: Annotated[str, format_option(Result.FINDINGS, _("Form of the output."))] = "text",
    fail_on: Annotated[
        str,
        typer.Option("--fail-on", metavar="error|warning|note|never", help=_("Exit with 1 from this severity on.")),
    ] = "error",
    audience: Annotated[
        str | None, typer.Option("--audience", metavar=AUDIENCES, help=_("Only what this audience may see."))
    ] = None,
    show_accepted: Annotated[
        bool, typer.Option("--show-accepted", help=_("List the findings that the branch has accepted, with reasons."))
    ] = False,
) -> int:
    """Say what is wrong; exit 1 when something is at least as severe as --fail-on."""
    session = of(context)
    format_ = choose_format(format_, Result.FINDINGS)
    choose(fail_on, _FAIL_ON, "--fail-on")
    wanted = None if audience is None else audience_of(audience)
    if sum((staged, rev is not None, range_ is not None)) > 1:
        raise UsageError(say("Choose one of --staged, --rev and --range."))
    if range_ is not None:
        workspace, checked = _range(session, range_, _only(session, paths), wanted or Audience.HANDLERS)
    else:
        workspace = session.workspace(staged=staged, rev=rev)
        checked = workspace.check(session.as_of, _only(session, paths), wanted or Audience.HANDLERS)
    _print(session, workspace.lines(session.as_of, wanted), checked, format_, show_accepted=show_accepted)
    if staged:
        _tell_unstaged(session, workspace)
    return Exit.FINDINGS if _fails(checked, fail_on) else Exit.CLEAN


def _print(
    session: Session,
    lines: Callable[[str], bytes | None],
    checked: Checked,
    format_: str,
    *,
    show_accepted: bool,
) -> None:
    if format_ != "text":
        repository = session.location().repository
        prefix = repository.prefix if repository else ""
        emit(
            sarif_text(session, checked, prefix) if format_ == "sarif" else _machine(session, checked, format_, prefix)
        )
        return
    if session.plain:
        emit(findings_text(checked, session.language, lines, _COLUMNS))
    else:
        show_findings(checked, session.language, session.console(), lines)
    if show_accepted:
        show(session, accepted_page(checked, session.language), "text")


def _machine(session: Session, checked: Checked, format_: str, prefix: str) -> str:
    return FINDINGS[format_](checked, session.language, prefix)


def sarif_text(session: Session, checked: Checked, prefix: str) -> str:
    """Give the list of rules and their pages along, so that the forge can show them."""
    language = session.language
    pages = {code.id: resources.read(f"codes/{language.code}/{code.id}.md") for code in codes()}
    helps = {id_: raw.decode() for id_, raw in pages.items() if raw is not None}
    return sarif(checked, language, prefix, version=__version__, codes=codes(), helps=helps)


def _tell_unstaged(session: Session, workspace: Workspace) -> None:
    """Say which files differ from what was judged, so that nobody takes a green index for a green folder."""
    documents = workspace.corpus.documents
    here = {entry.path: entry.blob for entry in open_tree(session.location()).entries()}
    differing = sorted(path for path, each in documents.items() if here.get(path) != each.blob)
    if differing:
        shown: tuple[str | Text, ...] = tuple(differing[:_SHOWN])
        if len(differing) > _SHOWN:
            shown = (*shown, say("and others: {count}", count=len(differing) - _SHOWN))
        session.tell(say("The index was judged. Files that differ from it in the work tree: {paths}.", paths=shown))


def _only(session: Session, paths: list[str] | None) -> Callable[[str], bool] | None:
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


def _range(
    session: Session, range_: str, only: Callable[[str], bool] | None, audience: Audience
) -> tuple[Workspace, Checked]:
    location = session.location()
    older, newer = (open_tree(location, rev=each) for each in resolve_range(needed(location), range_))
    return news(older, newer, session.as_of, only, audience)


def _fails(checked: Checked, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    limit = Severity(fail_on).rank
    return any(finding.severity.rank <= limit for finding in checked.findings)
