"""``dangwu form``: a record as the paper that people sign, or the empty form to fill in by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.extras import need_for
from dangwu.cli.languages import _
from dangwu.cli.options import FontDirs, For, Force, Output, Rev, Staged
from dangwu.cli.output import deliver, format_option, refuse_screen
from dangwu.cli.session import Session, audience_of, choose, of
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.files.read_input import read_sheet
from dangwu.formats.docx.template import from_template
from dangwu.formats.pdf import PROGRAM
from dangwu.formats.registry import Result, format_names
from dangwu.formats.render import FORMS
from dangwu.forms.registry import paper
from dangwu.model.message import say
from dangwu.pages.paper import Press
from dangwu.workspace import forms

if TYPE_CHECKING:
    from dangwu.model.audience import Audience
    from dangwu.model.form_input import Forms
    from dangwu.workspace.workspace import Workspace


def form(
    context: typer.Context,
    record: Annotated[
        str,
        typer.Argument(metavar="RECORD", help=_("A path, an id, a folder, or a kind and a year as in target-2026.")),
    ],
    *,
    format_: Annotated[str | None, format_option(Result.FORM, _("Form of the output; else as FILE ends."))] = None,
    output: Output = None,
    force: Force = False,
    blank: Annotated[bool, typer.Option("--blank", help=_("Print the empty form of the kind RECORD."))] = False,
    member: Annotated[
        str | None, typer.Option("--member", metavar="ID", help=_("Only the form of this member."))
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE.docx", help=_("Fill in a Word template of your own."))
    ] = None,
    font_dir: FontDirs = None,
    audience: For = "committee",
    staged: Staged = False,
    rev: Rev = None,
) -> None:
    """Print what one may see; nothing is written into the record repository unless --output says so."""
    session = of(context)
    wanted = audience_of(audience)
    kind = _format(format_, output, template)
    need_for(kind)
    made = _asked(session, record, wanted, blank=blank, member=member, staged=staged, rev=rev)
    data = _printed(session, made, kind, template, tuple(map(str, font_dir or ())))
    deliver(session, data, output, force=force)


def _format(asked: str | None, output: Path | None, template: Path | None) -> str:
    """Return the format: as asked, as the file's name ends, or PDF for a pipe. UsageError where that does not fit."""
    ending = output.suffix.lower().lstrip(".") if output else None
    kind = asked or ending or ("docx" if template else "pdf")
    choose(kind, format_names(Result.FORM), "--format" if asked or not ending else "--output")
    if template is not None and kind != "docx":
        raise UsageError(say("A Word template makes a Word file."), say("Leave --format out, or write --format docx."))
    refuse_screen(kind, output)
    return kind


def _asked(
    session: Session, word: str, audience: Audience, *, blank: bool, member: str | None, staged: bool, rev: str | None
) -> Forms:
    if blank:
        return forms.blank(_workspace(session, staged=staged, rev=rev), word, session.as_of, audience)
    workspace = session.workspace(staged=staged, rev=rev)
    below = session.path.resolve().relative_to(session.location().root).as_posix()
    return forms.forms(workspace, word, session.as_of, audience, below=f"{below}/", member=member)


def _workspace(session: Session, *, staged: bool, rev: str | None) -> Workspace | None:
    """Return the records around, for the names on an empty form; where there are none it does without."""
    if not staged and rev is None and not session.location().has_branch:
        return None
    return session.workspace(staged=staged, rev=rev)


def _printed(session: Session, made: Forms, kind: str, template: Path | None, font_dirs: tuple[str, ...]) -> bytes:
    if template is not None:
        return from_template(read_sheet(template), made, session.language)

    press = Press(session.as_of, font_dirs, resources.text(PROGRAM))
    return FORMS[kind](paper(made, session.language), session.language, press)
