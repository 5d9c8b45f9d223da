"""The session of a command: record folder, language, as-of day, colour; reading the records; output."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from dangwu.cli.languages import _
from dangwu.errors import CannotRunError, UsageError
from dangwu.files.journal_place import find_journal_near
from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import typer
    from rich.console import Console

    from dangwu.git.repository import RecordRoot
    from dangwu.language import Language
    from dangwu.model.rulebook import Rulebook
    from dangwu.model.spans import Span
    from dangwu.pages.page import Page
    from dangwu.workspace.workspace import Workspace


AUDIENCE_METAVAR = "|".join(AUDIENCE_CHOICES)
"""The metavar of --audience."""


class Session(NamedTuple):
    """One run of the command line; ``path`` is the folder of -C, ``color`` is ``auto``, ``always`` or ``never``.

    ``answered`` are the questions of this run with what was typed; it is filled as they are asked.
    """

    path: Path
    language: Language
    as_of: date
    color: str
    answered: list[tuple[str, str]] | None = None

    def location(self) -> RecordRoot:
        """Find the record root around the folder."""
        from dangwu.git.repository import find_record_root  # noqa: PLC0415

        return find_record_root(self.path)

    def require_branch(self) -> RecordRoot:
        """Return the record root; CannotRunError when it has no branch.yaml."""
        from dangwu.git.repository import build_no_branch_error  # noqa: PLC0415

        location = self.location()
        if not location.has_branch:
            raise build_no_branch_error()
        return location

    def path_below_root(self) -> str:
        """Return the path from the record root to the folder, ending in ``/``."""
        return f"{self.path.resolve().relative_to(self.location().root).as_posix()}/"

    def workspace(self, *, staged: bool = False, rev: str | None = None, history: bool = False) -> Workspace:
        """Read one state of the records; with ``history`` also the day of each record's first commit.

        CannotRunError outside a record repository, and with ``history`` for a state without a readable branch.yaml.
        """
        from dangwu.git.repository import build_no_branch_error  # noqa: PLC0415
        from dangwu.workspace.load import load_workspace  # noqa: PLC0415
        from dangwu.workspace.open_tree import open_tree  # noqa: PLC0415

        location = self.location()
        tree = open_tree(location, staged=staged, rev=rev)
        if not staged and rev is None:
            # Asked before the files are listed: a folder that holds no records can be a whole disk.
            self.require_branch()
        workspace = load_workspace(tree)
        if "branch.yaml" not in workspace.paths and not location.has_branch:
            raise build_no_branch_error()
        if rev is not None:
            self.tell_ambiguous_names(location, rev)
        elif find_journal_near(location.root) is not None:
            self.tell(
                say("A run of dangwu was broken off half-way, or is still writing: these records may be half of it.")
            )
            self.tell(say("dangwu doctor says which run; run it again, and what was written half is taken back first."))
        if not history:
            return workspace
        self.refuse_without_branch(workspace)
        return self._add_recorded_days(workspace, location, rev or "HEAD")

    def workspace_if_any(self) -> Workspace:
        """Read the work tree, which need not have a branch.yaml yet."""
        from dangwu.workspace.load import load_workspace  # noqa: PLC0415
        from dangwu.workspace.open_tree import open_tree  # noqa: PLC0415

        return load_workspace(open_tree(self.location()))

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

    def refuse_before_founding(self, workspace: Workspace, span: Span) -> None:
        """UsageError for a span before the branch was founded, unless it has meetings in it: nothing can be owed."""
        branch = workspace.corpus.branch
        if branch is None or span.end > branch.founded:
            return
        if not any(meeting.day in span for meeting in workspace.corpus.meetings):
            message = say("The branch was founded on {day}; there is nothing of the time before.", day=branch.founded)
            raise UsageError(message, say("Name a year from {year} on.", year=str(branch.founded.year)))

    def refuse_without_branch(self, workspace: Workspace) -> None:
        """CannotRunError without a valid branch.yaml: no duties would be shown, as if all were well."""
        from dangwu.git.repository import build_no_branch_error  # noqa: PLC0415

        if any(file.path == "branch.yaml" for file in workspace.corpus.unread):
            raise CannotRunError(
                say("branch.yaml cannot be read, and without it nothing can be said of what is owed."),
                say("dangwu check shows what is wrong in it."),
            )
        if "branch.yaml" not in workspace.paths:
            raise build_no_branch_error()

    def _add_recorded_days(self, workspace: Workspace, location: RecordRoot, rev: str) -> Workspace:
        """Return the workspace with the day of each record's first commit, or with the reason why none is known.

        The reason is also printed as a warning.
        """
        from dangwu.git.repository import require_repository  # noqa: PLC0415
        from dangwu.workspace.history import find_known_recorded_days  # noqa: PLC0415

        try:
            repository, meetings = require_repository(location), workspace.corpus.meetings
            return replace(workspace, recorded=find_known_recorded_days(repository, rev, meetings))
        except CannotRunError as error:
            self.tell(say("When records were made is not known. {trouble}", trouble=error.message))
            if error.hint is not None:
                self.tell(error.hint)
            return replace(workspace, recorded_unknown=error.message)

    def translate(self, text: Text) -> str:
        """Return a message in the language of this run."""
        return self.language.text(text)

    def tell(self, text: Text) -> None:
        """Print a message on stderr, apart from the data on stdout."""
        from dangwu.formats.safe_text import defuse_commands, make_safe_text  # noqa: PLC0415

        print(defuse_commands(make_safe_text(self.translate(text), lines=True)), file=sys.stderr)

    def tell_answered(self) -> None:
        """Print what was typed at the questions of this run, for one that ends without having used it; once."""
        if self.answered:
            self.tell(say("What was typed before this, so that nothing of it is lost:"))
            for question, answer in self.answered:
                self.show(f"  {question}: {answer}")
            self.forget_answered()

    def forget_answered(self) -> None:
        """Forget what was typed: it has been written, or shown."""
        if self.answered is not None:
            self.answered.clear()

    def show(self, line: str) -> None:
        """Print a line on stderr, untranslated."""
        from dangwu.formats.safe_text import defuse_commands, make_safe_text  # noqa: PLC0415

        print(defuse_commands(make_safe_text(line)), file=sys.stderr)

    @property
    def plain(self) -> bool:
        """Whether output goes to a pipe or a file, without colour and terminal width."""
        return self.color != "always" and not sys.stdout.isatty()

    def console(self, *, plain: bool = False) -> Console:
        """Return the terminal for tables, without markup and emoji codes; never coloured if ``plain``."""
        from rich.console import Console  # noqa: PLC0415

        from dangwu.formats.safe_text import DefusedStream  # noqa: PLC0415

        force = False if plain else {"always": True, "never": False}.get(self.color)
        return Console(
            file=cast("IO[str]", DefusedStream(sys.stdout)),
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


def emit(text: str, *, commands: bool = False) -> None:
    """Write text to stdout, with a line end. With ``commands`` it may hold commands to the forge that runs dangwu."""
    from dangwu.formats.safe_text import defuse_commands  # noqa: PLC0415

    shown = text if commands else defuse_commands(text)
    sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")


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
