"""``dangwu doctor``: what is missing around the records, each with the line that puts it right."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from dangwu import __version__
from dangwu.cli.commands import hook
from dangwu.cli.extras import MODULES, install, missing
from dangwu.cli.session import Session, emit, of
from dangwu.data import resources
from dangwu.errors import CannotRunError, Exit
from dangwu.formats.fonts import chosen, installed
from dangwu.git import version as facts
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_GIT = (2, 39)
Line = tuple[bool | None, Text, Text | None]
"""Whether it is in order (None: only some commands miss it), what it is, and what puts it right."""

_MARKS = {True: "ok  ", None: "--  ", False: "!!  "}


def doctor(context: typer.Context) -> int:
    """Print one line per fact; exit 3 when something keeps dangwu from its work."""
    session = of(context)
    lines = list(_facts(session))
    for good, message, hint in lines:
        emit(f"{_MARKS[good]}{session.say(message)}")
        if hint is not None and not good:
            emit(f"      {session.say(hint)}")
    return Exit.CANNOT_RUN if any(good is False for good, _message, _hint in lines) else Exit.CLEAN


def _facts(session: Session) -> Iterator[Line]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield True, say("dangwu {version} on Python {python}", version=__version__, python=python), None
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    yield encoding == "utf8", say("output is {encoding}", encoding=sys.stdout.encoding or "?"), say("set PYTHONUTF8=1")
    yield from _extras()
    git = facts.git_version()
    if git is None:
        yield False, say("git was not found"), say("Install git, then open a new terminal.")
        return
    shown = ".".join(str(part) for part in git)
    yield git >= OLDEST_GIT, say("git {version}", version=shown), say("Upgrade git to 2.39 or newer.")
    if git < OLDEST_GIT:
        return
    yield from _repository(session)


def _extras() -> Iterator[Line]:
    for extra, modules in MODULES.items():
        gone = missing(extra)
        there = say("extra “{extra}”: {modules}", extra=extra, modules=modules)
        lacking = say("extra “{extra}” is not installed: {modules}", extra=extra, modules=tuple(gone))
        yield (None if gone else True), lacking if gone else there, install(extra)
    if not missing("pdf"):
        yield _font()


def _font() -> Line:
    """Tell in which font Chinese text of a PDF would be set."""
    try:
        names = chosen(installed(), "党", chinese=True)
    except CannotRunError as trouble:
        return None, trouble.message, trouble.hint
    return True, say("font for Chinese in PDF files: {font}", font=names["text"][0]), None


def _repository(session: Session) -> Iterator[Line]:
    location = session.location()
    has_branch = location.has_branch
    found, missing = say("record repository: {path}", path=str(location.root)), say("There is no branch.yaml here.")
    yield has_branch, found if has_branch else missing, say("Begin with dangwu init DIR.")
    if location.repository is None:
        trouble = location.trouble
        message = say("the folder is not in a git repository: no history, no hook")
        yield (
            False,
            trouble.message if trouble else message,
            trouble.hint if trouble else say("In the folder run: git init"),
        )
        return
    if location.repository.shallow:
        yield False, say("the clone is shallow: when records were made is not known"), say("git fetch --unshallow")
    if not location.repository.bare:
        yield _hooks(session)
    stale = [
        path
        for path, raw in resources.template().items()
        if path.startswith(".dangwu/schema/") and facts.differs(location.root / path, raw)
    ]
    fresh, old = say("schemas for the editor are up to date"), say("schemas for the editor are missing or old")
    yield not stale, old if stale else fresh, say("Run: dangwu schema export")


def _hooks(session: Session) -> Line:
    """Say it in one line: the first hook that is not in order, with its remedy."""
    bad = next((each for each in hook.look(session) if not each.state.good), None)
    if bad is None:
        return True, say("hooks before each commit and each merge"), None
    return False, *hook.told(bad)
