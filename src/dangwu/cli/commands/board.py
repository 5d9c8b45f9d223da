"""``dangwu board``: write the openness board as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu.board.site import MARK_FILE
from dangwu.cli.languages import _
from dangwu.cli.options import RevOption
from dangwu.cli.output import find_closed_paths
from dangwu.cli.session import find_session, refuse_unknown_choice
from dangwu.cli.unfinished import tell_removed
from dangwu.errors import UsageError
from dangwu.files.leftovers import remove_leftovers
from dangwu.files.site_folder import write_site
from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.model.message import say
from dangwu.workspace.board import BOARD_AUDIENCES, build_board_files


def board(
    context: typer.Context,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help=_("The folder to write the pages to."))],
    audience: Annotated[
        str,
        typer.Option(
            "--audience",
            metavar="|".join(BOARD_AUDIENCES),
            help=_("Who reads the output; what they may not see is left out."),
        ),
    ] = "employees",
    contact: Annotated[
        str,
        typer.Option("--contact", metavar="TEXT", help=_("Where an opinion can be brought: a box, a room, a number.")),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help=_("Make the pages anew in a folder made by board."))] = False,
    rev: RevOption = None,
) -> None:
    """Write a page for each item disclosed to the audience; other files in the folder are not touched."""
    session = find_session(context)
    readers = _parse_board_audience(audience)
    workspace = session.workspace(rev=rev)
    session.refuse_without_branch(workspace)

    files = build_board_files(workspace, session.as_of, readers, contact=contact, language=session.language.code)
    write_site(output, files, mark=MARK_FILE, force=force, closed=find_closed_paths(session))
    tell_removed(session, list(remove_leftovers(output)))
    session.tell(say("Written: {path}", path=str(output / "index.html")))


def _parse_board_audience(word: str) -> Audience:
    """Return the audience of --audience; UsageError for the committee and closer, a usage error for another word."""
    if word in AUDIENCE_CHOICES and Audience(word) not in BOARD_AUDIENCES:
        hint = say("Choose public, employees or members.")
        raise UsageError(say("A board is for readers outside the committee, not for {audience}.", audience=word), hint)
    refuse_unknown_choice(word, BOARD_AUDIENCES, "--audience")
    return Audience(word)
