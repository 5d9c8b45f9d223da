"""``dangwu new``: a record in its right place within minutes. The place to add a kind."""

from __future__ import annotations

import typer

from dangwu.cli.languages import _
from dangwu.cli.new_meeting import meeting
from dangwu.cli.new_member import member
from dangwu.cli.new_waiver import waiver
from dangwu.cli.usage import Command, Group
from dangwu.model.record import MEETING_KINDS


def build(title: str) -> typer.Typer:
    """Return the group of commands that write new records."""
    app = typer.Typer(cls=Group, help=title, rich_markup_mode=None, add_completion=False)
    titles = {
        "general-meeting": _("A Party branch general meeting."),
        "committee-meeting": _("A branch committee meeting."),
        "group-meeting": _("A Party group meeting."),
        "lecture": _("A Party lecture."),
    }
    for kind in MEETING_KINDS:
        app.command(kind, cls=Command, help=titles[kind])(meeting(kind))
    app.command("member", cls=Command, help=_("A member."))(member)
    app.command("waiver", cls=Command, help=_("A duty waived, deferred or plainly missed, with the reason."))(waiver)
    return app
