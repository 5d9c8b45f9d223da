"""The oracle's own table of the duties, written from the clauses; the rulebook is not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tests.duty.oracle.days import MONTHS, Raw, Stretch, day_in_month, day_of, within

if TYPE_CHECKING:
    from tests.duty.oracle.books import Books

IN_FORCE_FROM = date(2020, 8, 24)
LAST = 31


@dataclass(frozen=True, slots=True)
class Proof:
    """A kind of record: ``meant`` says which of them are looked at, ``must`` what they have to satisfy."""

    kind: str
    meant: tuple[str, ...] = ()
    must: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A duty of every period: who owes it, what proves it, when it opens and falls due."""

    every: str
    proofs: tuple[Proof, ...]
    owed_by: str = "branch"
    due: Raw = field(default_factory=dict)
    opens: Raw | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What the clause demands on one day."""

    every: str
    count: int
    due: Raw
    off: bool


def _clause(
    every: str, *proofs: Proof, owed_by: str = "branch", due: Raw | None = None, opens: Raw | None = None
) -> Clause:
    return Clause(every, proofs, owed_by, due or {}, opens)


PLANNED = {"month": 1, "day": 1, "days_after": "annual_plan_days"}
LIFE = {"month": 6, "day": 21}
# These two are told by more than the record alone: by the period and its due day, and by the year's grades.
SEASON = "in-its-season"
GRADED = "after-the-grades"
CHAIRED = ("chaired-by-secretary", "someone-present")
ATTENDED = (*CHAIRED, "everyone-accounted-for")
CLAUSES = {
    "1.4a": _clause("year", Proof("annual-plan"), due=PLANNED),
    "1.4b": _clause(
        "quarter",
        Proof("quarter-plan"),
        Proof("annual-plan", meant=("has-quarters",)),
        due={"month": 1, "day": "quarter_plan_day"},
    ),
    "1.4c": _clause(
        "month", Proof("month-plan"), Proof("committee-meeting", meant=("serves-month-plan",), must=("quorum",))
    ),
    "1.4e": _clause("plan_inspection_every", Proof("plan-inspection", must=("by-the-secretary",))),
    "1.4f": _clause(
        "half", Proof("mid-year-summary"), Proof("year-end-summary"), due={"days_after": "summary_grace_days"}
    ),
    "1.5": _clause(
        "quarter",
        Proof("party-building-meeting", must=("both-topics", "someone-present")),
        Proof("committee-meeting", meant=("serves-party-building",), must=("both-topics", "quorum")),
    ),
    "1.6a": _clause("year", Proof("education-plan"), due=PLANNED),
    "1.6b": _clause("year", Proof("development-plan"), due=PLANNED),
    "1.7": _clause("year", Proof("excellence-summary"), due={"month": 6, "day": 30}),
    "2.3": _clause("year", Proof("annual-plan", must=("covers-clean-conduct",)), due=PLANNED),
    "3.1": _clause("month", Proof("group-meeting", must=("someone-present",)), owed_by="group"),
    "3.2": _clause("month", Proof("committee-meeting", must=("quorum",)), owed_by="committee"),
    "3.3": _clause("quarter", Proof("general-meeting", must=("quorum",))),
    "3.4": _clause("half", Proof("lecture", must=("someone-present",))),
    "4.1": _clause("half", Proof("democratic-life-meeting", must=(*ATTENDED, SEASON)), opens=LIFE),
    "4.4": _clause(
        "half", Proof("democratic-life-meeting", must=("notice-in-time", "reported-up-in-time", SEASON)), opens=LIFE
    ),
    "5.2": _clause("year", Proof("target"), owed_by="member", due=PLANNED),
    "5.3a": _clause(
        "month",
        Proof("target-log", must=("covers-the-group",)),
        owed_by="group",
        due={"days_after": "target_log_grace_days"},
    ),
    "5.3b": _clause("half", Proof("target-report"), owed_by="group", due={"days_after": "summary_grace_days"}),
    "5.5b": _clause("year", Proof("assessment"), owed_by="member", due={"days_after": "assessment_grace_days"}),
    "5.5c": _clause("year", Proof("result-report", must=(GRADED,)), due={"days_after": "result_report_grace_days"}),
    "6.3b": _clause("month", Proof("study-session", must=("someone-present",))),
    "6.3c": _clause("half", Proof("training", meant=("for-members",))),
    "6.4": _clause("year", Proof("training", meant=("for-workers",)), owed_by="worker"),
    "6.5": _clause("year", Proof("organizational-life-meeting", must=CHAIRED)),
    "6.6": _clause("year", Proof("facility-check", must=("has-room-kit-and-papers",))),
    "6.8": _clause("year", Proof("study-check", must=("covers-every-member",))),
    "7.1": _clause("year", Proof("appraisal"), due={"days_after": "appraisal_grace_days"}),
    "8.2(3)": _clause("year", Proof("disclosure", meant=("about-integrity",))),
    "8.2(4)": _clause(
        "year", Proof("disclosure", meant=("about-dues",)), due={"days_after": "dues_disclosure_grace_days"}
    ),
    "9.2(1)": _clause(
        "half",
        Proof("participation-check", must=("covers-every-member",)),
        due={"days_after": "participation_check_grace_days"},
    ),
    "9.2(2)": _clause("half", Proof("democratic-life-meeting", must=(*ATTENDED, SEASON)), opens=LIFE),
    "9.2(4)": _clause("half", Proof("general-meeting", meant=("hears-administration",), must=("quorum",))),
    "9.2(5)": _clause("year", Proof("duty-report", must=("heard-by-all", "reports-integrity")), owed_by="leader"),
    "10.1(6)m": _clause("month", Proof("dues"), owed_by="member"),
}
# Duties after events: the days that are added to the day of the event, or to the day that the record itself sets.
AFTER: dict[str, int | str] = {
    "1.4g": 0,
    "4.6": 0,
    "8.2(1)": "disclosure_days",
    "8.2(2)": "disclosure_days",
    "8.2(4)b": "disclosure_days",
    "8.5": "feedback_answer_days",
    "9.2(7)": "letter_answer_days",
    "10.4a": 0,
    "10.4b": "admonition_outcome_days",
}


def wording_on(books: Books, clause: str, day: date) -> Wording | None:
    """Return what the clause says that day; the amendment that began last decides."""
    if day < IN_FORCE_FROM:
        return None
    latest: tuple[str, Raw] = ("", {})
    for path, amendment in books.of_kind("amendment"):
        if amendment["clause"] != clause or not within(amendment, day):
            continue
        if not latest[0] or day_of(amendment["from"]) > day_of(latest[1]["from"]):
            latest = (path, amendment)
    known = (clause, latest[0])
    if known not in books.wordings:
        books.wordings[known] = _wording(books, clause, latest[1])
    return books.wordings[known]


def _wording(books: Books, clause: str, latest: Raw) -> Wording:
    if clause in AFTER:
        every, due = "year", {"days_after": AFTER[clause]}
    else:
        every, due = str(books.setting(CLAUSES[clause].every)), CLAUSES[clause].due
    return Wording(
        every=latest.get("every", every),
        count=latest.get("count", 1),
        due={key: books.setting(value) for key, value in latest.get("due", due).items()},
        off=latest.get("off", False),
    )


def due_day(stretch: Stretch, wording: Wording) -> date:
    """Return the due day: a day of one month of the period, or its last day, plus some days."""
    return day_in_month(stretch, MONTHS[wording.every], wording.due, otherwise=LAST)


def opening_day(clause: str, stretch: Stretch, wording: Wording) -> date:
    """Return the first day on which the duty is to be done."""
    opens = CLAUSES[clause].opens
    return stretch.first if opens is None else day_in_month(stretch, MONTHS[wording.every], opens, otherwise=1)
