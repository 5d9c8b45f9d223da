"""``dangwu doctor``: what is missing around the records, each with the line that puts it right."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from dangwu import __version__
from dangwu.cli.commands import hook
from dangwu.cli.extras import EXTRA_MODULES, build_install_hint, find_missing_modules
from dangwu.cli.session import Session, emit, find_session
from dangwu.data import resources
from dangwu.errors import CannotRunError, ExitCode
from dangwu.files.read_input import read_file_if_any
from dangwu.formats.fonts import choose_fonts, find_installed_fonts
from dangwu.git.plumbing import read_git_version
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_GIT = (2, 39)
DoctorFact = tuple[bool | None, Text, Text | None]
"""Whether it is in order (None: only some commands miss it), what it is, and what puts it right."""

_FACT_MARKS = {True: "ok  ", None: "--  ", False: "!!  "}


def doctor(context: typer.Context) -> int:
    """Print one line per fact; exit 3 when something keeps dangwu from its work."""
    session = find_session(context)
    lines = list(_find_facts(session))
    for good, message, hint in lines:
        emit(f"{_FACT_MARKS[good]}{session.say(message)}")
        if hint is not None and not good:
            emit(f"      {session.say(hint)}")
    return ExitCode.CANNOT_RUN if any(good is False for good, _message, _hint in lines) else ExitCode.CLEAN


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
    yield from _find_repository_facts(session)


def _find_extra_facts() -> Iterator[DoctorFact]:
    for extra, modules in EXTRA_MODULES.items():
        gone = find_missing_modules(extra)
        there = say("extra “{extra}”: {modules}", extra=extra, modules=modules)
        lacking = say("extra “{extra}” is not installed: {modules}", extra=extra, modules=tuple(gone))
        yield (None if gone else True), lacking if gone else there, build_install_hint(extra)
    if not find_missing_modules("pdf"):
        yield _find_font_fact()


def _find_font_fact() -> DoctorFact:
    """Tell in which font Chinese text of a PDF would be set."""
    try:
        names = choose_fonts(find_installed_fonts(), "党", chinese=True)
    except CannotRunError as trouble:
        return None, trouble.message, trouble.hint
    return True, say("font for Chinese in PDF files: {font}", font=names["text"][0]), None


def _find_repository_facts(session: Session) -> Iterator[DoctorFact]:
    location = session.location()
    has_branch = location.has_branch
    found, missing = say("record repository: {path}", path=str(location.root)), say("There is no branch.yaml here.")
    yield has_branch, found if has_branch else missing, say("Begin with dangwu init DIR.")
    if location.repository is None:
        trouble = location.error
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
        yield _find_hook_fact(session)
    stale = [
        path
        for path, raw in resources.build_template().items()
        if path.startswith(".dangwu/schema/") and read_file_if_any(location.root / path) != raw
    ]
    fresh, old = say("schemas for the editor are up to date"), say("schemas for the editor are missing or old")
    yield not stale, old if stale else fresh, say("Run: dangwu schema export")


def _find_hook_fact(session: Session) -> DoctorFact:
    """Say it in one line: the first hook that is not in order, with its remedy."""
    bad = next((each for each in hook.find_hooks(session) if not each.state.good), None)
    if bad is None:
        return True, say("hooks before each commit and each merge"), None
    return False, *hook.describe_hook(bad)
