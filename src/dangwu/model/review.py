"""The effects of a change on control files, rules, records, duties and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.duty import Duty
    from dangwu.model.edit import Edit
    from dangwu.model.message import Text
    from dangwu.model.observation import Observation
    from dangwu.model.record_change import RecordChange
    from dangwu.model.results import CheckResult, DutyResult
    from dangwu.model.rule_change import RulesDiff


class ControlChange(NamedTuple):
    """A changed control file: one that decides how records are checked, shown, approved or processed.

    ``gone`` and ``come`` are the lines removed and added, ``warnings`` the possible harm.
    """

    path: str
    edit: Edit
    why: Text
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()


class DutyChange(NamedTuple):
    """A duty whose state changed; None before or after it existed."""

    before: Duty | None
    after: Duty | None

    @property
    def duty(self) -> Duty:
        """The duty after the change, or before it where it was removed."""
        duty = self.after or self.before
        if duty is None:
            raise ValueError
        return duty


class CommitSummary(NamedTuple):
    """The number of commits of a change, and their authors."""

    number: int
    people: tuple[str, ...]


class ReviewResult(NamedTuple):
    """The review of a change from ``older`` (None before the first commit) to ``newer``, both full ids.

    ``checked`` are the new findings; ``standing`` counts those that remain, ``mended`` those that are gone.
    ``observed`` are the audit's observations on its commits. ``others`` are changed files that are neither
    records nor control files. ``diverged`` says that ``older`` is no ancestor of ``newer``; then changes of both
    sides are shown.
    """

    as_of: date
    older: str | None
    newer: str
    commits: CommitSummary
    controls: tuple[ControlChange, ...]
    rules: RulesDiff
    records: tuple[RecordChange, ...]
    duties: tuple[DutyChange, ...]
    checked: CheckResult
    standing: int
    mended: int
    observed: tuple[Observation, ...]
    others: tuple[str, ...]
    owed: DutyResult
    diverged: bool = False
