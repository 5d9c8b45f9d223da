"""The files of the openness board: the disclosed items of one state, as one audience may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.board import items
from dangwu.board.site import TEMPLATE_FOLDER, TEMPLATE_PREFIX, build_site
from dangwu.data import resources
from dangwu.model.audience import Audience
from dangwu.privacy import views

if TYPE_CHECKING:
    from datetime import date

    from dangwu.workspace.workspace import Workspace

BOARD_AUDIENCES = (Audience.PUBLIC, Audience.EMPLOYEES, Audience.MEMBERS)
"""The audiences of a board; the committee and closer read the records themselves."""


def build_board_files(
    workspace: Workspace, as_of: date, audience: Audience, *, contact: str, language: str
) -> dict[str, bytes]:
    """Return the pages of the board by path; the index page is in ``language``.

    ``contact`` says where an opinion can be brought, as the publisher wrote it.
    """
    viewer = workspace.build_viewer(as_of, audience)
    board = items.build_board(
        views.redact_corpus(viewer),
        workspace.rulebook,
        audience,
        as_of,
        revision=workspace.label,
        contact=contact,
        find_hidden_names=viewer.find_hidden_names,
    )
    templates = {
        name: raw.decode()
        for name, raw in resources.read_package_files(TEMPLATE_FOLDER)
        if name.startswith(TEMPLATE_PREFIX)
    }
    return build_site(board, resources.load_schema(items.DISCLOSURE_KIND), templates, language)
