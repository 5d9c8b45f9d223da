"""What each duty comes out as, by brute force: every day is looked at, one after the other.

Written from the clauses and the counting rules alone. It shares no code with the tool on purpose: not even the
calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.duty.oracle import events
from tests.duty.oracle.books import BELONG, Books
from tests.duty.oracle.clauses import CLAUSES, GRADED, SEASON, Proof, Wording, due_day, opening_day, wording_on
from tests.duty.oracle.days import MONTHS, Stretch, calendar, day_in_month, day_of, each_day, within
from tests.duty.oracle.dues import agreed_day, paid_on
from tests.duty.oracle.proofs import counts_for, is_about, is_too_soon, makes_up, meets, own_day

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw, Records

DUES, TARGETS = "10.1(6)m", "5.2"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is compared: the state, the paths and days that count, the paths that nearly count, the due day."""

    state: str
    evidence: tuple[tuple[str, date], ...]
    near_misses: tuple[str, ...]
    due: date


@dataclass(frozen=True, slots=True)
class Instance:
    """One duty of one period and, for some duties, of one group or person."""

    clause: str
    stretch: Stretch
    wording: Wording
    subject: str | None

    @property
    def name(self) -> str:
        """The id of the instance."""
        return duty_id(self.clause, self.stretch.label, self.subject)


@dataclass(frozen=True, slots=True)
class Found:
    """Paths with their days: done on time, done late, nearly done."""

    on_time: list[tuple[str, date]]
    late: list[tuple[str, date]]
    near: list[str]


def expected(records: Records, as_of: date, year: int) -> dict[str, Outcome]:
    """Return every duty instance of the calendar year by id."""
    return expected_by(Books(records), as_of, year)


def expected_by(books: Books, as_of: date, year: int) -> dict[str, Outcome]:
    """Return the same by books that are kept for several days: nothing in them depends on the day that is asked of."""
    found: dict[str, Outcome] = {}
    for clause, rule in CLAUSES.items():
        amended = {a["every"] for _, a in books.of_kind("amendment") if a["clause"] == clause and "every" in a}
        for every in {str(books.setting(rule.every))} | amended:
            for stretch in calendar(every, year):
                wording = wording_on(books, clause, stretch.last)
                if wording is None or wording.every != every:
                    continue
                for subject in subjects(books, clause, stretch):
                    instance = Instance(clause, stretch, wording, subject)
                    found[instance.name] = outcome(books, as_of, instance)
    return found | after_events(books, as_of, year)


def after_events(books: Books, as_of: date, year: int) -> dict[str, Outcome]:
    """Return the duties that follow from what has happened and that stand in the list of the year."""
    found: dict[str, Outcome] = {}
    for event in events.events(books, as_of):
        wording = wording_on(books, event.clause, event.day)
        if wording is None or wording.off:
            continue
        name = duty_id(event.clause, str(event.day.year), event.subject)
        waivers = decided(books, name, as_of)
        due = deferred(waivers) or events.due_day(event, wording)
        answers = sorted((day, path) for path, day in event.answers if day <= as_of)[:1]
        shown_until = answers[0][0] if answers else max(due, as_of)
        if event.day > date(year, 12, 31) or shown_until < date(year, 1, 1):
            continue
        timed = [(path, day) for day, path in answers]
        done = Found([each for each in timed if each[1] <= due], [each for each in timed if each[1] > due], [])
        state = settled(done, 1, waivers) or ("overdue" if as_of > due else "open")
        found[name] = Outcome(state, tuple(timed), (), due)
    return found


def outcome(books: Books, as_of: date, instance: Instance) -> Outcome:
    """Return how one instance stands on the day."""
    clause, stretch, wording = instance.clause, instance.stretch, instance.wording
    waivers = decided(books, instance.name, as_of)
    rule_due = due_day(stretch, wording)
    opens, begins = opening_day(clause, stretch, wording), stretch.first
    came = transferred(books, instance) if clause == TARGETS and instance.subject else None
    if came and (came <= rule_due or not applicable(books, instance, begins, min(rule_due, stretch.last))):
        opens, begins, rule_due = came, came, came + timedelta(days=books.days("target_joiner_days"))
    # To defer moves the due day alone: whether the duty exists is judged by the rule's own.
    due = deferred(waivers) or rule_due
    if clause == DUES:
        due = deferred(waivers) or agreed_day(books, stretch, instance.subject, as_of) or rule_due
        found = paid(books, as_of, instance, due)
    else:
        found = recorded(books, as_of, instance, due, forgiven=deferred(waivers) is not None)
    state = settled(found, wording.count, waivers) or waiting(as_of, opens, due)
    kept = books.branch.get("records_from")
    if not applicable(books, instance, begins, min(rule_due, stretch.last)) or (kept and rule_due < day_of(kept)):
        state = "not-applicable"
    return Outcome(state, tuple(sorted(found.on_time + found.late)), tuple(sorted(found.near)), due)


def recorded(books: Books, as_of: date, instance: Instance, due: date, *, forgiven: bool) -> Found:
    """Return the records that prove the instance; a meeting that makes up is late unless that was deferred.

    What was made before the period that it is for nearly proves it.
    """
    found = Found([], [], [])
    clause, stretch = instance.clause, instance.stretch
    for proof in CLAUSES[clause].proofs:
        for path, data in books.of_kind(proof.kind):
            if not is_about(data, clause, instance.subject) or not counts_for(data, clause, stretch):
                continue
            if own_day(data) > as_of or not all(meets(books, data, each) for each in proof.meant):
                continue
            if is_too_soon(data, clause, stretch) or not proves(books, as_of, instance, proof, data):
                found.near.append(path)
            elif own_day(data) <= due and (forgiven or not makes_up(data, stretch)):
                found.on_time.append((path, own_day(data)))
            else:
                found.late.append((path, own_day(data)))
    return found


def fits_season(books: Books, meeting: Raw, instance: Instance) -> bool:
    """Tell whether it was held in the last month of the period, from the set day on, or makes up for one.

    Where an amendment has it due before that day, any day of the period will do.
    """
    stretch = instance.stretch
    months = MONTHS[instance.wording.every]
    first = day_in_month(stretch, months, {"month": months, "day": books.setting("life_meeting_from_day")}, otherwise=1)
    return "makes_up" in meeting or own_day(meeting) >= first or due_day(stretch, instance.wording) < first


def proves(books: Books, as_of: date, instance: Instance, proof: Proof, data: Raw) -> bool:
    """Tell whether a record satisfies all that it must."""
    more = {
        SEASON: lambda: fits_season(books, data, instance),
        GRADED: lambda: is_graded(books, data, as_of),
    }
    return all(more[each]() if each in more else meets(books, data, each) for each in proof.must)


def is_graded(books: Books, report: Raw, as_of: date) -> bool:
    """Tell whether all grades of the year that are known, and one at least, had been decided by the report's day."""
    graded = [data for _, data in books.of_kind("assessment") if "grade" in data]
    graded += [data for _, data in books.of_kind("appraisal")]
    days = [own_day(data) for data in graded if data["year"] == report["year"] and own_day(data) <= as_of]
    return bool(days) and max(days) <= own_day(report)


def paid(books: Books, as_of: date, instance: Instance, due: date) -> Found:
    """Return the ledger, if by it the dues of the month are paid."""
    found = Found([], [], [])
    for path, ledger in books.of_kind("dues"):
        day = paid_on(ledger, instance.subject, instance.stretch.label, as_of)
        if day is not None:
            (found.on_time if day <= due else found.late).append((path, day))
    return found


def decided(books: Books, name: str, as_of: date) -> list[Raw]:
    """Return the waivers of a duty that are known on the day."""
    return [w for _, w in books.of_kind("waiver") if day_of(w["date"]) <= as_of and name in w["duties"]]


def deferred(waivers: list[Raw]) -> date | None:
    """Return the day until which the duty was deferred."""
    return next((day_of(w["until"]) for w in waivers if w["outcome"] == "deferred"), None)


def settled(found: Found, count: int, waivers: list[Raw]) -> str | None:
    """Return the state of a duty for which enough was done or something decided."""
    if len(found.on_time) >= count:
        return "fulfilled"
    if any(w["outcome"] == "waived" for w in waivers):
        return "waived"
    if len(found.on_time) + len(found.late) >= count:
        return "late"
    if any(w["outcome"] == "missed" for w in waivers):
        return "overdue"
    return None


def waiting(as_of: date, opens: date, due: date) -> str:
    """Return the state of a duty for which not enough was done and nothing decided."""
    if as_of > due:
        return "overdue"
    return "upcoming" if as_of < opens else "open"


def duty_id(clause: str, period: str, subject: str | None) -> str:
    """Return the name of an instance."""
    return f"{clause}/{period}" + (f"/{subject}" if subject else "")


def transferred(books: Books, instance: Instance) -> date | None:
    """Return the last day on which the member came from another branch with three months of the period left."""
    last = instance.stretch.last
    found = None
    for day in each_day(instance.stretch.first, last):
        before = day - timedelta(days=1)
        new = books.status_on(str(instance.subject), before) not in {*BELONG, "suspended"}
        came = new and books.status_on(str(instance.subject), day) == "full"
        if came and max(instance.stretch.first, day_of(books.branch["founded"])) < day <= three_months_before(last):
            found = day
    return found


def three_months_before(last: date) -> date:
    """Return the first day of the last three months of a period that ends on ``last``."""
    months = last.year * 12 + last.month - 3
    return date(months // 12, months % 12 + 1, 1)


def applicable(books: Books, instance: Instance, begins: date, judged_on: date) -> bool:
    """Tell whether the duty exists: on the judging day, and on half or more of the days up to it."""
    known = (instance.clause, instance.subject, begins, judged_on)
    if known not in books.applicable:
        books.applicable[known] = _applicable(books, *known)
    return books.applicable[known]


def _applicable(books: Books, clause: str, subject: str | None, begins: date, judged_on: date) -> bool:
    if not holds(books, clause, subject, judged_on):
        return False
    days = list(each_day(begins, judged_on))
    return sum(holds(books, clause, subject, day) for day in days) * 2 >= len(days)


def holds(books: Books, clause: str, subject: str | None, day: date) -> bool:
    """Tell whether every condition of the clause holds on that day."""
    if day < day_of(books.branch["founded"]):
        return False
    wording = wording_on(books, clause, day)
    if wording is None or wording.off:
        return False
    owed_by = CLAUSES[clause].owed_by
    if owed_by == "committee":
        return books.has_committee(day)
    return owed_by == "branch" or owes(books, owed_by, subject, day)


def owes(books: Books, owed_by: str, subject: str | None, day: date) -> bool:
    """Tell whether the group, member, holder of a post or worker was one that day."""
    if subject is None:
        return False
    if owed_by == "group":
        return any(each["id"] == subject and within(each, day) for each in books.branch.get("groups", []))
    if owed_by == "worker":
        return any(
            each["member"] == subject and books.holds(each, each, day) for each in books.branch.get("workers", [])
        )
    if owed_by == "leader":
        return any(holder == subject for _post, holder, _committee in books.posts_on(day))
    return books.status_on(subject, day) in BELONG


def subjects(books: Books, clause: str, stretch: Stretch) -> list[str | None]:
    """Return whoever owed it on one day of the period at least, or None alone."""
    known = (CLAUSES[clause].owed_by, stretch.first, stretch.last)
    if known not in books.subjects:
        books.subjects[known] = _subjects(books, *known)
    return books.subjects[known]


def _subjects(books: Books, owed_by: str, first: date, last: date) -> list[str | None]:
    if owed_by in {"branch", "committee"}:
        return [None]
    ids = {
        "group": [each["id"] for each in books.branch.get("groups", [])],
        "worker": [each["member"] for each in books.branch.get("workers", [])],
        "leader": [post["member"] for term in books.branch["terms"] for post in term["posts"]],
        "member": list(books.members),
    }
    days = list(each_day(first, last))
    return [each for each in sorted(set(ids[owed_by])) if any(owes(books, owed_by, each, day) for day in days)] or [
        None
    ]
