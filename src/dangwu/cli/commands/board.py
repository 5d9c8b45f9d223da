"""``dangwu board``: the openness board as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu.board import items
from dangwu.board.site import MARK_FILE, TEMPLATE_FOLDER, TEMPLATE_PREFIX, build_site
from dangwu.cli.languages import _
from dangwu.cli.options import RevOption
from dangwu.cli.output import find_closed_paths
from dangwu.cli.session import find_session
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.files.site_folder import write_site
from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.model.message import say
from dangwu.privacy import views

_BOARD_AUDIENCES = (Audience.PUBLIC, Audience.EMPLOYEES, Audience.MEMBERS)


def board(
    context: typer.Context,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help=_("The folder to write the pages to."))],
    audience: Annotated[
        str,
        typer.Option("--audience", metavar="|".join(_BOARD_AUDIENCES), help=_("For whom it is made; others see less.")),
    ] = "employees",
    contact: Annotated[
        str,
        typer.Option("--contact", metavar="TEXT", help=_("Where an opinion can be brought: a box, a room, a number.")),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help=_("Make the pages anew in a folder made by board."))] = False,
    rev: RevOption = None,
) -> None:
    """Write a page for each item that is disclosed to this audience; nothing else of the folder is touched."""
    session = find_session(context)
    wanted = _parse_board_audience(audience)
    workspace = session.workspace(rev=rev)
    session.refuse_without_branch(workspace)

    corpus = views.redact_corpus(workspace.build_viewer(session.as_of, wanted))
    made = items.build_board(
        corpus, workspace.rulebook, wanted, session.as_of, revision=workspace.label, contact=contact
    )
    templates = {
        name: raw.decode()
        for name, raw in resources.read_package_files(TEMPLATE_FOLDER)
        if name.startswith(TEMPLATE_PREFIX)
    }
    files = build_site(made, resources.load_schema(items.DISCLOSURE_KIND), templates, session.language.code)
    write_site(output, files, mark=MARK_FILE, force=force, closed=find_closed_paths(session))
    session.tell(say("Written: {path}", path=str(output / "index.html")))


def _parse_board_audience(word: str) -> Audience:
    if word in AUDIENCE_CHOICES and Audience(word) not in _BOARD_AUDIENCES:
        hint = say("Choose public, employees or members.")
        raise UsageError(
            say("A board is read outside the committee: it has nothing for {audience}.", audience=word), hint
        )
    if word not in AUDIENCE_CHOICES:
        message = _("choose one of {names}").format(names=", ".join(_BOARD_AUDIENCES))
        raise typer.BadParameter(message, param_hint="--audience")
    return Audience(word)
