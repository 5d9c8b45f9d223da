"""Random waivers and amendments on the duties that a branch has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.duty.oracle.clauses import AFTER, CLAUSES
from tests.duty.oracle.days import Raw, calendar
from tests.duty.oracle.events import events
from tests.duty.oracle.proofs import HALVES, OWN_DAY
from tests.duty.oracle.sheets import NAMING
from tests.duty.oracle.writing import some_day

if TYPE_CHECKING:
    from random import Random

    from tests.duty.oracle.books import Books
    from tests.duty.oracle.days import Stretch
    from tests.duty.oracle.events import Event

_NAMED = {*NAMING, *HALVES, *OWN_DAY, "dues"} - {"disclosure"}
# A record that names its period can prove a duty of that period alone: these clauses keep theirs.
_KEEP = {clause for clause, rule in CLAUSES.items() if any(proof.kind in _NAMED for proof in rule.proofs)} | {"8.2(4)"}
_ONCE = {"10.1(6)m", *AFTER}


def waivers(pick: Random, year: int, books: Books, groups: list[str]) -> dict[str, Raw]:
    """Return waivers of duties of every sort, some of them of duties that nobody has."""
    made: dict[str, Raw] = {}
    deferred: set[str] = set()
    known = events(books, date(2199, 12, 31))
    for number in range(pick.choice((0, 15, 40, 60))):
        outcome = pick.choice(("waived", "waived", "deferred", "missed"))
        last, duties = _after(pick, known) if pick.random() < 0.25 else _periodic(pick, year, books, groups)
        if not duties or (outcome == "deferred" and deferred.intersection(duties)):
            continue
        decided = last + timedelta(days=pick.randrange(-60, 30))
        waiver: Raw = {"schema": 1, "kind": "waiver", "date": decided.isoformat(), "duties": duties}
        waiver |= {"outcome": outcome, "reason": "停产检修", "approved_by": "虚构镇党委"}
        if outcome == "deferred":
            deferred.update(duties)
            waiver["until"] = (last + timedelta(days=pick.choice((-3, 1, 10, 30, 60)))).isoformat()
        made[f"waivers/{decided.year}/{decided.isoformat()}-w{number}.yaml"] = waiver
    return made


def _periodic(pick: Random, year: int, books: Books, groups: list[str]) -> tuple[date, list[str]]:
    clause = pick.choice(list(CLAUSES))
    every = str(books.setting(CLAUSES[clause].every))
    stretch: Stretch = pick.choice(calendar(every if pick.random() < 0.9 else "quarter", year))
    duty, owed_by = f"{clause}/{stretch.label}", CLAUSES[clause].owed_by
    owing = groups if owed_by == "group" else list(books.members)
    if owed_by in {"branch", "committee"} or not owing or pick.random() < 0.1:
        return stretch.last, [duty]
    return stretch.last, [f"{duty}/{each}" for each in pick.sample(owing, pick.randrange(1, len(owing) + 1))]


def _after(pick: Random, known: list[Event]) -> tuple[date, list[str]]:
    if not known:
        return date.max, []
    clause = pick.choice(sorted({event.clause for event in known}))
    event = pick.choice([each for each in known if each.clause == clause])
    return event.set_day + timedelta(days=15), [f"{event.clause}/{event.day.year}/{event.subject}"]


def amendments(pick: Random, year: int) -> dict[str, Raw]:
    """Return changes of the rules, each from a day of the year or the one before."""
    made: dict[str, Raw] = {}
    begun: set[tuple[str, date]] = set()
    for number in range(pick.choice((0, 4, 10, 20))):
        clause = pick.choice([*CLAUSES, *AFTER])
        start = some_day(pick, max(date(year - 1, 11, 1), date(2020, 8, 24)), date(year, 12, 31))
        if (clause, start) in begun:
            continue
        begun.add((clause, start))
        made[f"rules/a{number}.yaml"] = _amendment(pick, clause, start)
    return made


def _amendment(pick: Random, clause: str, start: date) -> Raw:
    made: Raw = {"schema": 1, "kind": "amendment", "clause": clause, "from": start.isoformat()}
    if pick.random() < 0.6:
        made["to"] = some_day(pick, start, start + timedelta(days=200)).isoformat()
    change = pick.random()
    if change < 0.3:
        made["off"] = True
    elif change < 0.5 and clause not in _ONCE:
        made["count"] = pick.choice((2, 3))
    elif change < 0.7 and clause not in _ONCE | _KEEP:
        made["every"] = pick.choice(("month", "quarter", "half", "year"))
    if change >= 0.45:
        due = {"month": pick.choice((1, 2)), "day": pick.choice((5, 15, 28, 30, 31)), "days_after": pick.choice((0, 7))}
        keys = {"days_after"} if clause in AFTER else set(due)
        made["due"] = {key: value for key, value in due.items() if key in keys and pick.random() < 0.6}
    return made | {"source": {"document": "支部决议", "approved_by": "虚构镇党委"}}
