"""``dangwu form``: print a record as a form to sign, or an empty form to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.complete import complete_member
from dangwu.cli.extras import require_format
from dangwu.cli.languages import _
from dangwu.cli.options import (
    AudienceOption,
    FontDirsOption,
    ForceOption,
    OutputOption,
    ReferenceOption,
    RevOption,
    StagedOption,
)
from dangwu.cli.output import build_format_option, refuse_binary_on_screen, write_output
from dangwu.cli.reference_option import read_reference, refuse_other_format
from dangwu.cli.session import Session, find_session, parse_audience, refuse_unknown_choice
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.files.read_input import read_sheet
from dangwu.formats.docx.styles import STYLE_FILES
from dangwu.formats.docx.template import fill_template
from dangwu.formats.pdf import PROGRAM_FILE
from dangwu.formats.registry import ResultKind, list_format_names
from dangwu.formats.render import FORM_RENDERERS
from dangwu.forms.registry import build_form_paper
from dangwu.model.message import say
from dangwu.pages.paper import PrintSettings
from dangwu.workspace import forms

if TYPE_CHECKING:
    from dangwu.model.audience import Audience
    from dangwu.model.form_input import FormInput
    from dangwu.workspace.workspace import Workspace


def form(
    context: typer.Context,
    record: Annotated[
        str,
        typer.Argument(metavar="RECORD", help=_("A path, an id, a folder, or a kind and a year as in target-2026.")),
    ],
    *,
    format_: Annotated[
        str | None, build_format_option(ResultKind.FORM, _("Form of the output; else as FILE ends."))
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    blank: Annotated[bool, typer.Option("--blank", help=_("Print the empty form of the kind RECORD."))] = False,
    member: Annotated[
        str | None,
        typer.Option("--member", metavar="ID", autocompletion=complete_member, help=_("Only the form of this member.")),
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE.docx", help=_("Fill in a Word template of your own."))
    ] = None,
    reference: ReferenceOption = None,
    font_dir: FontDirsOption = None,
    audience: AudienceOption = "committee",
    staged: StagedOption = False,
    rev: RevOption = None,
) -> None:
    """Write the form to a file or to stdout."""
    session = find_session(context)
    viewers = parse_audience(audience)
    format_ = _choose_form_format(format_, output, template, reference)
    require_format(format_)
    styled = read_reference(session, reference)
    form_input = _read_form_input(session, record, viewers, blank=blank, member=member, staged=staged, rev=rev)
    settings = PrintSettings(
        session.as_of,
        tuple(map(str, font_dir or ())),
        resources.read_package_text(PROGRAM_FILE),
        resources.read_package_bytes(STYLE_FILES[session.language.code]),
        styled,
    )
    data = _render_form_file(session, form_input, format_, template, settings)
    write_output(session, data, output, force=force)


def _choose_form_format(word: str | None, output: Path | None, template: Path | None, reference: Path | None) -> str:
    """Return the format: as word, as the file's name ends, or PDF for a pipe. UsageError where that does not fit."""
    ending = output.suffix.lower().lstrip(".") if output else None
    format_ = word or ending or ("docx" if template or reference else "pdf")
    refuse_unknown_choice(format_, list_format_names(ResultKind.FORM), "--format" if word or not ending else "--output")
    if template is not None and format_ != "docx":
        raise UsageError(say("A Word template makes a Word file."), say("Leave --format out, or write --format docx."))
    if template is not None and reference is not None:
        raise UsageError(say("A template has styles of its own."), say("Leave out --reference or --template."))
    refuse_other_format(reference, format_)
    refuse_binary_on_screen(format_, output)
    return format_


def _read_form_input(
    session: Session, word: str, audience: Audience, *, blank: bool, member: str | None, staged: bool, rev: str | None
) -> FormInput:
    if blank:
        return forms.build_blank_form(_open_workspace(session, staged=staged, rev=rev), word, session.as_of, audience)
    workspace = session.workspace(staged=staged, rev=rev)
    below = session.path_below_root()
    return forms.build_form_input(workspace, word, session.as_of, audience, below=below, member=member)


def _open_workspace(session: Session, *, staged: bool, rev: str | None) -> Workspace | None:
    """Read the records for the names on an empty form; None without records."""
    if not staged and rev is None and not session.location().has_branch:
        return None
    return session.workspace(staged=staged, rev=rev)


def _render_form_file(
    session: Session, form_input: FormInput, format_: str, template: Path | None, settings: PrintSettings
) -> bytes:
    if template is not None:
        return fill_template(read_sheet(template), form_input, session.language)
    return FORM_RENDERERS[format_](build_form_paper(form_input, session.language), session.language, settings)
