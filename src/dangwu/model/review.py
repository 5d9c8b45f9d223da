"""What a change brings to records, duties, files of control and findings, as values that a page puts into words."""

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
    """A file that decides how records are judged, shown, approved or run. ``warnings`` say what in it can do harm."""

    path: str
    edit: Edit
    why: Text
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()


class DutyChange(NamedTuple):
    """A duty whose state is not what it was; None where there was, or is, no such duty."""

    before: Duty | None
    after: Duty | None

    @property
    def duty(self) -> Duty:
        """The duty as it is, or as it was where it is no more."""
        found = self.after or self.before
        if found is None:
            raise ValueError
        return found


class CommitSummary(NamedTuple):
    """The commits of a change: how many, and whose."""

    number: int
    people: tuple[str, ...]


class ReviewResult(NamedTuple):
    """What a change is: from ``older`` (None before the first commit) to ``newer``, both full ids.

    ``checked`` has the findings that are new with it; ``standing`` were there before, ``mended`` are gone.
    ``observed`` is what the history shows of its commits. ``others`` are changed files that are neither records nor
    files of control. ``diverged`` says that ``older`` does not lead to ``newer``: changes of both sides are shown.
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
