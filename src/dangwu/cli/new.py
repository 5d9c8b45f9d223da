"""``dangwu new``: a record in its right place within minutes. A kind's command is made when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from dangwu import resources
from dangwu.cli.languages import _, current
from dangwu.cli.usage import Command, Group

if TYPE_CHECKING:
    from collections.abc import Callable

_NEVER = frozenset({"accepted"})
"""A finding is accepted by a person in accepted.yaml; there is nothing to prepare."""
_ORDER = (
    "general-meeting", "committee-meeting", "group-meeting", "lecture", "study-session", "party-building-meeting",
    "democratic-life-meeting", "organizational-life-meeting", "rectification", "annual-plan", "quarter-plan",
    "month-plan", "education-plan", "development-plan", "plan-inspection", "mid-year-summary", "year-end-summary",
    "excellence-summary", "target", "target-log", "target-report", "assessment", "appraisal", "result-report",
    "training", "study-check", "dues", "disclosure", "participation-check", "talk-feedback", "duty-report",
)  # fmt: skip
"""Kinds in the order of help, as a year brings them; the others follow by name."""


def build(title: str) -> typer.Typer:
    """Return the group of commands that write new records."""
    return typer.Typer(cls=_Kinds, help=title, rich_markup_mode=None, add_completion=False, callback=_nothing)


def _nothing() -> None:
    """Make a group of it: typer wants a function."""


class _Kinds(Group):
    """A command for each kind, made from its schema when it is asked for and no sooner."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        left = set(resources.kinds()) - _NEVER
        names = [*(kind for kind in _ORDER if kind in left), *sorted(left - {*_ORDER})]
        self._waiting = set(names)
        self.commands = {name: Command(name=name) for name in names}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return the command for a kind, made from its schema."""
        if cmd_name in self._waiting:
            self._waiting.discard(cmd_name)
            self.commands[cmd_name] = _made(cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the kinds without making their commands."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _title(name)) for name in self.commands])


def _title(kind: str) -> str:
    from dangwu.draft.render import title  # noqa: PLC0415

    return title(resources.schema(kind), current().code)


def _made(kind: str) -> Any:
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(kind, cls=Command, help=_title(kind))(_function(kind))
    command = typer.main.get_command(app)
    command.name = kind
    return command


def _function(kind: str) -> Callable[..., None]:
    from dangwu.model.record import MEETING_KINDS  # noqa: PLC0415

    language = current().code
    if kind in MEETING_KINDS:
        from dangwu.cli.new_meeting import meeting  # noqa: PLC0415

        return meeting(kind, language)
    if kind == "member":
        from dangwu.cli.new_member import member  # noqa: PLC0415

        return member
    if kind == "waiver":
        from dangwu.cli.new_waiver import waiver  # noqa: PLC0415

        return waiver
    from dangwu.cli.new_record import record  # noqa: PLC0415

    return record(kind, language)
