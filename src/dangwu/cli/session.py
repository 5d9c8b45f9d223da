"""The session of a command: record folder, language, as-of day, colour; reading the records; output."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dangwu.cli.languages import _
from dangwu.errors import CannotRunError, UsageError
from dangwu.files.journal_place import find_journal_near
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
"""The metavar of --audience."""


class Session(NamedTuple):
    """One run of the command line; ``path`` is the folder of -C, ``color`` is ``auto``, ``always`` or ``never``."""

    path: Path
    language: Language
    as_of: date
    color: str

    def location(self) -> RecordRoot:
        """Find the record root around the folder."""
        from dangwu.git.repository import find_record_root  # noqa: PLC0415

        return find_record_root(self.path)

    def require_branch(self) -> RecordRoot:
        """Return the record root; CannotRunError when it has no branch.yaml."""
        location = self.location()
        if not location.has_branch:
            raise CannotRunError(say("There is no branch.yaml here."), say("Go to the folder of the records."))
        return location

    def path_below_root(self) -> str:
        """Return the path from the record root to the folder, ending in ``/``."""
        return f"{self.path.resolve().relative_to(self.location().root).as_posix()}/"

    def workspace(self, *, staged: bool = False, rev: str | None = None, history: bool = False) -> Workspace:
        """Read one state of the records; with ``history`` also the day of each record's first commit."""
        from dangwu.workspace.load import load_workspace  # noqa: PLC0415
        from dangwu.workspace.open_tree import open_tree  # noqa: PLC0415

        location = self.location()
        workspace = load_workspace(open_tree(location, staged=staged, rev=rev))
        if rev is not None:
            self.tell_ambiguous_names(location, rev)
        elif find_journal_near(location.root) is not None:
            self.tell(
                say("A run of dangwu was broken off half-way, or is still writing: these records may be half of it.")
            )
            self.tell(say("dangwu doctor says which run; run it again, and what was written half is taken back first."))
        if history:
            self.refuse_without_branch(workspace)
        if history and location.repository is not None:
            return replace(workspace, recorded=self._find_recorded_days(location.repository, rev or "HEAD"))
        return workspace

    def tell_ambiguous_names(self, location: RecordRoot, words: str) -> None:
        """Say which names in a revision or a range mean several commits, and which of them counts."""
        from dangwu.git.revision_names import find_ambiguous_names  # noqa: PLC0415

        if location.repository is not None:
            for name, chosen in find_ambiguous_names(location.repository.folder, words):
                self.tell(say("{name} is ambiguous: here it means {chosen}.", name=name, chosen=chosen))

    def rulebook(self) -> Rulebook:
        """Return the rulebook as amended in the repository; without a repository as published."""
        from dangwu.workspace.catalogue import load_default_rulebook  # noqa: PLC0415

        return self.workspace().rulebook if self.location().has_branch else load_default_rulebook()

    def refuse_without_branch(self, workspace: Workspace) -> None:
        """CannotRunError when branch.yaml is not a valid record: no duties would be shown, as if all were well.

        When there is no branch.yaml, only print a warning: most likely the folder is the wrong one.
        """
        if any(file.path == "branch.yaml" for file in workspace.corpus.unread):
            raise CannotRunError(
                say("branch.yaml cannot be read, and without it nothing can be said of what is owed."),
                say("dangwu check shows what is wrong in it."),
            )
        if "branch.yaml" not in workspace.paths:
            self.tell(say("There is no branch.yaml here."))
            self.tell(say("Begin with dangwu init, or name the record repository with -C."))

    def _find_recorded_days(self, repository: Repository, rev: str) -> Mapping[str, date]:
        """Return the day of each record's first commit; empty, with a warning, when the history cannot be read."""
        from dangwu.workspace.history import find_recorded_days  # noqa: PLC0415

        if repository.shallow:
            self.tell(say("The clone is shallow: when records were made is not known. Run git fetch --unshallow."))
        try:
            return find_recorded_days(repository, rev)
        except CannotRunError as error:
            self.tell(say("When records were made is not known. {trouble}", trouble=error.message))
            if error.hint is not None:
                self.tell(error.hint)
            return {}

    def translate(self, text: Text) -> str:
        """Return a message in the language of this run."""
        return self.language.text(text)

    def tell(self, text: Text) -> None:
        """Print a message on stderr, apart from the data on stdout."""
        from dangwu.formats.safe_text import make_safe_text  # noqa: PLC0415

        print(make_safe_text(self.translate(text), lines=True), file=sys.stderr)

    @property
    def plain(self) -> bool:
        """Whether output goes to a pipe or a file, without colour and terminal width."""
        return self.color != "always" and not sys.stdout.isatty()

    def console(self, *, plain: bool = False) -> Console:
        """Return the terminal for tables, without markup and emoji codes; never coloured if ``plain``."""
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
    """Return the session that the options before the command created."""
    session = context.find_object(Session)
    if session is None:
        raise UsageError(say("The command was called outside dangwu."))
    return session


def emit(text: str) -> None:
    """Write text to stdout, with a line end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def emit_bytes(data: bytes) -> None:
    """Write data to stdout, byte for byte."""
    sys.stdout.buffer.write(data)


def refuse_unknown_choice(value: str, names: Sequence[str], flag: str) -> None:
    """Raise a usage error for a word that is not one of the names."""
    if value not in names:
        import typer  # noqa: PLC0415

        raise typer.BadParameter(_("choose one of {names}").format(names=", ".join(names)), param_hint=flag)


def parse_audience(word: str) -> Audience:
    """Return the audience of --audience; a usage error for another word."""
    refuse_unknown_choice(word, AUDIENCE_CHOICES, "--audience")
    return Audience(word)


def print_page(session: Session, page: Page, format_: str) -> None:
    """Print a page: as Markdown for ``md``, else on the terminal."""
    if format_ == "md":
        from dangwu.formats.markdown import render_markdown  # noqa: PLC0415

        emit(render_markdown(page, session.language))
        return
    from dangwu.formats.terminal.page import show_page  # noqa: PLC0415

    show_page(page, session.console())
