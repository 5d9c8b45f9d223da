"""Commits whose date does not fit, and the day on which git first had each record, where that can be known.

A clock that was set wrong, as after a flat battery, proves neither a day nor a sitting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from dangwu.audit.record_lives import RecordLives
    from dangwu.model.document import Document
    from dangwu.model.history import History
    from dangwu.model.message import Text
    from dangwu.model.record import Meeting
    from dangwu.model.record_life import LifeStep


def find_misdated_commits(
    history: History,
    lives: RecordLives,
    meetings: Iterable[Meeting],
    read_version: Callable[[str, str], Document | None],
) -> frozenset[int]:
    """Return the commits dated before one that they are built on, before all meetings that they bring, or not at all.

    A commit that brings one meeting of its own day or earlier besides may well bring another that was prepared.
    """
    early: dict[int, bool] = {}
    for meeting in meetings:
        life = lives.by_path.get(meeting.path)
        for step in life.created if life else ():
            day = history.commits[step.commit].committer.day
            unchanged = life is not None and len(life.steps) == 1
            before = day is not None and day < meeting.day and (unchanged or _is_before(step, day, read_version))
            early[step.commit] = early.get(step.commit, True) and before
    return history.behind | {commit for commit, before in early.items() if before}


def _is_before(step: LifeStep, day: date, read_version: Callable[[str, str], Document | None]) -> bool:
    """Tell whether a day is before the one that a meeting had when it came in: its day may have been changed since."""
    document = read_version(step.path, step.blob) if step.blob else None
    own = parse_day(document.data.get("date")) if document else None
    return own is not None and day < own


def find_known_days(history: History, lives: RecordLives, misdated: Collection[int]) -> dict[str, date | None]:
    """Return the day of each record's first commit, by path; None where no commit that brought it can be dated."""
    days: dict[str, date | None] = {}
    for path, life in lives.by_path.items():
        step = life.find_proven_step(misdated, history)
        days[path] = history.commits[step.commit].committer.day if step else None
    return days


def explain_misdated_commit(history: History, index: int) -> Text:
    """Return why the date of a commit does not fit."""
    latest = history.commits[history.not_before[index]].committer.day
    said = history.commits[index].committer.day
    if said is None:
        return say("Its date cannot be read.")
    if index in history.behind and latest is not None:
        return say("Its clock said {said}, but it is built on a commit of {day}.", said=said, day=latest)
    return say("Its clock said {said}, before the meetings that it records.", said=said)
