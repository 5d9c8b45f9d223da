"""``dangwu doctor``: check the surroundings of the records, with a remedy for each fault."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu import __version__
from dangwu.cli.committer import require_identity
from dangwu.cli.extras import EXTRA_MODULES, build_install_hint, find_missing_modules
from dangwu.cli.hook_text import describe_hook
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import Session, emit, find_session
from dangwu.cli.unfinished import find_copy_facts, find_unfinished_facts
from dangwu.data import resources
from dangwu.errors import CannotRunError, ExitCode
from dangwu.files.peek import read_file_if_any
from dangwu.formats.fonts import choose_fonts, load_fonts
from dangwu.git.hooks.status import inspect_hooks, locate_hooks
from dangwu.git.identity import read_identity
from dangwu.git.version import read_git_version
from dangwu.model.corpus import Corpus
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dangwu.git.repository import Repository

OLDEST_GIT = (2, 39)
DoctorFact = tuple[bool | None, Text, Text | None]
"""Good or not (None: only some commands need it), the message, and the remedy."""

_FACT_MARKS = {True: "ok  ", None: "--  ", False: "!!  "}


def doctor(
    context: typer.Context,
    *,
    name: Annotated[str | None, typer.Option("--name", help=_("Your name, kept in this repository."))] = None,
    mail: Annotated[str | None, typer.Option("--mail", help=_("Your mail address, kept in this repository."))] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))] = False,
) -> int:
    """Print one line per fact; exit 3 when one of them prevents work."""
    session = find_session(context)
    _complete_identity(session, name, mail, Asker(session, Corpus(), enabled=not no_input))
    facts = list(_find_facts(session))
    for good, message, hint in facts:
        emit(f"{_FACT_MARKS[good]}{session.translate(message)}")
        if hint is not None and not good:
            emit(f"      {session.translate(hint)}")
    return ExitCode.CANNOT_RUN if any(good is False for good, _message, _hint in facts) else ExitCode.CLEAN


def _find_facts(session: Session) -> Iterator[DoctorFact]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield True, say("dangwu {version} on Python {python}", version=__version__, python=python), None
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    yield encoding == "utf8", say("output is {encoding}", encoding=sys.stdout.encoding or "?"), say("set PYTHONUTF8=1")
    yield from _find_extra_facts()
    git = read_git_version()
    if git is None:
        yield False, say("git was not found"), say("Install git, then open a new terminal.")
        return
    shown = ".".join(str(part) for part in git)
    yield git >= OLDEST_GIT, say("git {version}", version=shown), say("Upgrade git to 2.39 or newer.")
    if git < OLDEST_GIT:
        return
    yield from ((False, message, hint) for message, hint in find_copy_facts())
    yield from _find_repository_facts(session)


def _find_extra_facts() -> Iterator[DoctorFact]:
    for extra, modules in EXTRA_MODULES.items():
        missing = find_missing_modules(extra)
        message = say("extra “{extra}”: {modules}", extra=extra, modules=modules)
        if missing:
            message = say("extra “{extra}” is not installed: {modules}", extra=extra, modules=tuple(missing))
        yield (None if missing else True), message, build_install_hint(extra)
    if not find_missing_modules("pdf"):
        yield _find_font_fact()


def _find_font_fact() -> DoctorFact:
    """Return the font for Chinese text in PDF files."""
    try:
        names = choose_fonts(load_fonts().families(), "党", chinese=True)
    except CannotRunError as error:
        return None, error.message, error.hint
    return True, say("font for Chinese in PDF files: {font}", font=names["text"][0]), None


def _find_repository_facts(session: Session) -> Iterator[DoctorFact]:
    location = session.location()
    message = say("record repository: {path}", path=str(location.root))
    if not location.has_branch:
        message = say("There is no branch.yaml here.")
    yield location.has_branch, message, say("Begin with dangwu init DIR.")
    yield from ((False, message, hint) for message, hint in find_unfinished_facts(location))
    if location.repository is None:
        error = location.error or CannotRunError(
            say("the folder is not in a git repository: no history, no hook"), say("In the folder run: git init")
        )
        yield False, error.message, error.hint
        return
    if location.repository.shallow:
        yield False, say("the clone is shallow: when records were made is not known"), say("git fetch --unshallow")
    if not location.repository.bare:
        yield _find_identity_fact(location.repository)
        yield _find_hook_fact(location.repository)
    yield _find_schema_fact(location.root)


def _complete_identity(session: Session, name: str | None, mail: str | None, ask: Asker) -> None:
    """Keep in this repository who records, if that was given, or is not known and can be asked."""
    given = name is not None or mail is not None
    if not (given or ask.interactive) or read_git_version() is None:
        return
    location = session.location()
    if location.repository is None or location.repository.bare:
        return
    if given or (location.has_branch and read_identity(location.repository) is None):
        require_identity(location.repository, ask, name, mail)


def _find_identity_fact(repository: Repository) -> DoctorFact:
    """Return who records, as git knows it; without it nothing can be saved yet."""
    known = read_identity(repository)
    if known is not None:
        return True, say("who records: {name} <{mail}>", name=known.name, mail=known.email), None
    hint = say('Say it once: dangwu doctor --name "NAME" --mail ADDRESS')
    return None, say("git does not know who records"), hint


def _find_hook_fact(repository: Repository) -> DoctorFact:
    """Return the first hook that is not good, or that all are; or why git runs none here."""
    try:
        hooks = inspect_hooks(locate_hooks(repository), resources.read_hooks())
    except CannotRunError as error:
        return False, error.message, error.hint
    bad = next((hook for hook in hooks if not hook.state.good), None)
    if bad is None:
        return True, say("hooks before each commit and each merge"), None
    return False, *describe_hook(bad)


def _find_schema_fact(root: Path) -> DoctorFact:
    """Return whether the schemas for the editor are those of this version."""
    current = all(
        read_file_if_any(root / path) == raw
        for path, raw in resources.build_template().items()
        if path.startswith(".dangwu/schema/")
    )
    message = say("schemas for the editor are up to date")
    if not current:
        message = say("schemas for the editor are missing or old")
    return current, message, say("Run: dangwu schema export")
