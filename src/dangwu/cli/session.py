"""What the options before the command say: where, in which language, as of which day; and how output leaves."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dangwu.cli.languages import _
from dangwu.errors import CannotRunError, UsageError
from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import typer
    from rich.console import Console

    from dangwu.git.repository import RecordRoot, Repository
    from dangwu.language import Language
    from dangwu.model.rulebook import Rulebook
    from dangwu.pages.page import Page
    from dangwu.workspace.workspace import Workspace


AUDIENCE_METAVAR = "|".join(AUDIENCE_CHOICES)
"""How the option --audience names its words."""


class Session(NamedTuple):
    """One run of the command line."""

    path: Path
    language: Language
    as_of: date
    color: str

    def location(self) -> RecordRoot:
        """Find the record repository."""
        from dangwu.git.repository import find_record_root  # noqa: PLC0415

        return find_record_root(self.path)

    def workspace(self, *, staged: bool = False, rev: str | None = None, history: bool = False) -> Workspace:
        """Read one state of the repository; with ``history`` also when git first had each record."""
        from dangwu.workspace.load import load_workspace  # noqa: PLC0415
        from dangwu.workspace.open_tree import open_tree  # noqa: PLC0415

        location = self.location()
        workspace = load_workspace(open_tree(location, staged=staged, rev=rev))
        if history:
            self.refuse_without_branch(workspace)
        if history and location.repository is not None:
            return replace(workspace, recorded=self._recorded(location.repository, rev or "HEAD"))
        return workspace

    def rulebook(self) -> Rulebook:
        """Return the rulebook with the amendments of the repository, where there is one."""
        from dangwu.workspace.catalogue import load_default_rulebook  # noqa: PLC0415

        return self.workspace().rulebook if self.location().has_branch else load_default_rulebook()

    def refuse_without_branch(self, workspace: Workspace) -> None:
        """Refuse where branch.yaml could not be made a record: nothing would be owed, and that would look well.

        Where there is none at all say so, beside what is made of no records: most often it is the wrong folder.
        """
        if any(each.path == "branch.yaml" for each in workspace.corpus.unread):
            raise CannotRunError(
                say("branch.yaml cannot be read, and without it nothing can be said of what is owed."),
                say("dangwu check says what is wrong in it."),
            )
        if "branch.yaml" not in workspace.paths:
            self.tell(say("There is no branch.yaml here."))
            self.tell(say("Begin with dangwu init, or name the record repository with -C."))

    def _recorded(self, repository: Repository, rev: str) -> Mapping[str, date]:
        """Return when git first had each record. Where that is not to be known the records can be read all the same."""
        from dangwu.workspace.history import find_recorded_days  # noqa: PLC0415

        if repository.shallow:
            self.tell(say("The clone is shallow: when records were made is not known. Run git fetch --unshallow."))
        try:
            return find_recorded_days(repository, rev)
        except CannotRunError as trouble:
            self.tell(say("When records were made is not known. {trouble}", trouble=trouble.message))
            if trouble.hint is not None:
                self.tell(trouble.hint)
            return {}

    def say(self, text: Text) -> str:
        """Return a sentence in the language of this run."""
        return self.language.text(text)

    def tell(self, text: Text) -> None:
        """Say something beside the data, on stderr."""
        from dangwu.formats.safe_text import make_safe_text  # noqa: PLC0415

        print(make_safe_text(self.say(text), lines=True), file=sys.stderr)

    @property
    def plain(self) -> bool:
        """Whether output goes to a pipe or a file, where there is neither colour nor a width to respect."""
        return self.color != "always" and not sys.stdout.isatty()

    def console(self, *, plain: bool = False) -> Console:
        """Return the terminal for tables: no markup, no emoji codes, colour only where it is wanted, never if plain."""
        from rich.console import Console  # noqa: PLC0415

        force = False if plain else {"always": True, "never": False}.get(self.color)
        return Console(
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=False,
            force_terminal=force,
            no_color=self.color == "never" or None,
        )


def find_session(context: typer.Context) -> Session:
    """Return the session of a command."""
    session = context.find_object(Session)
    if session is None:
        raise UsageError(say("The command was called outside dangwu."))
    return session


def emit(text: str) -> None:
    """Write data to stdout, as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def emit_bytes(data: bytes) -> None:
    """Write data to stdout, byte for byte."""
    sys.stdout.buffer.write(data)


def refuse_unknown_choice(value: str, names: Sequence[str], flag: str) -> None:
    """Refuse a word that is not one of the names."""
    if value not in names:
        import typer  # noqa: PLC0415

        raise typer.BadParameter(_("choose one of {names}").format(names=", ".join(names)), param_hint=flag)


def parse_audience(word: str) -> Audience:
    """Return the audience that was asked for; a usage error where there is none of this name."""
    refuse_unknown_choice(word, AUDIENCE_CHOICES, "--audience")
    return Audience(word)


def print_page(session: Session, page: Page, format_: str) -> None:
    """Write a page to the terminal, or as Markdown."""
    if format_ == "md":
        from dangwu.formats.markdown import render_markdown  # noqa: PLC0415

        emit(render_markdown(page, session.language))
        return
    from dangwu.formats.terminal.page import show_page  # noqa: PLC0415

    show_page(page, session.console())
