"""Random events that ask for an answer, the answers, and the dues ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.duty.oracle.books import Books
from tests.duty.oracle.clauses import AFTER, wording_on
from tests.duty.oracle.days import Raw, calendar
from tests.duty.oracle.events import due_day, events
from tests.duty.oracle.sheets import disclosure_fields
from tests.duty.oracle.writing import beside, some_day

if TYPE_CHECKING:
    from random import Random

_AMOUNTS = (3, 12.5, 20, 0.3)


def aftermath(pick: Random, year: int, books: Books) -> dict[str, Raw]:
    """Return inspections from above, rectifications, letters, talks and the disclosures of matters."""
    made: dict[str, Raw] = {}
    for number in range(pick.choice((0, 2, 5, 8))):
        day = some_day(pick, date(year - 1, 9, 1), date(year + 1, 1, 15))
        make = pick.choice((_inspection, _rectification, _letter, _talk))
        path, data = make(pick, books, day, number)
        made[path] = data
    return made | _disclosures(pick, Books({**books.records, **made}))


def _answer(pick: Random, due: date, first: date, share: float = 0.7) -> str | None:
    return beside(pick, due, first).isoformat() if pick.random() < share else None


def _given(**fields: str | None) -> Raw:
    return {key: value for key, value in fields.items() if value is not None}


def _inspection(pick: Random, books: Books, day: date, _number: int) -> tuple[str, Raw]:
    points = []
    for number in range(pick.choice((0, 1, 2))):
        due = day + timedelta(days=pick.choice((0, 10, 30, 90)))
        point = {"id": f"p{number}", "point": "台账不全", "measure": "补齐", "owner": pick.choice(list(books.members))}
        points.append({**point, "due": due.isoformat(), **_given(closed_on=_answer(pick, due, day))})
    made: Raw = {"schema": 1, "kind": "superior-inspection", "date": day.isoformat(), "body": "虚构镇党委"}
    path = f"inspections/{day.year}/{day}-superior-inspection.yaml"
    return path, made | {"result": "总体较好", "points": points}


def _rectification(pick: Random, books: Books, day: date, _number: int) -> tuple[str, Raw]:
    items = []
    for number in range(pick.choice((1, 2, 3))):
        due = day + timedelta(days=pick.choice((0, 10, 30, 90)))
        item: Raw = {"id": f"i{number}", "issue": "学习时间少", "measure": "错时学习"}
        item |= {"owner": pick.choice(list(books.members))}
        if pick.random() < 0.9:
            item["due"] = due.isoformat()
        item |= _given(closed_on=_answer(pick, due, day, 0.6), reported_up_on=_answer(pick, due, day, 0.3))
        items.append(item)
    made: Raw = {"schema": 1, "kind": "rectification", "date": day.isoformat(), "items": items}
    return f"rectifications/{day.year}/{day}-rectification.yaml", made | {"meeting": f"{day}-democratic-life-meeting"}


def _letter(pick: Random, books: Books, day: date, number: int) -> tuple[str, Raw]:
    made: Raw = {"schema": 1, "kind": "letter", "id": f"l{number}", "received_on": day.isoformat(), "channel": "visit"}
    made |= {"summary": "食堂卫生", "handler": pick.choice(list(books.members))}
    replied = _answer(pick, day + timedelta(days=books.days("letter_answer_days")), day)
    return f"supervision/{day.year}/letter-l{number}.yaml", made | _given(replied_on=replied)


def _talk(pick: Random, books: Books, day: date, number: int) -> tuple[str, Raw]:
    deadline = day + timedelta(days=pick.choice((1, 30, 90)))
    members = list(books.members)
    made: Raw = {"schema": 1, "kind": "admonition", "id": f"a{number}", "member": pick.choice(members), "ground": 3}
    made |= {"facts": "多次推诿", "source": "巡查", "decided_by": "committee", "date": day.isoformat()}
    made["notice"] = {"date": day.isoformat(), "time": "15:00", "place": "会议室", "requirements": "说明情况"}
    made |= {"talker": pick.choice(members), "recorder": pick.choice(members), "follower": pick.choice(members)}
    made |= {"problems": "推诿", "requirements": "改正", "measures": "结对", "account": "认识到问题"}
    made |= {"deadline": deadline.isoformat(), "signature": "signed", "shown_on": day.isoformat()}
    made["kept"] = {"place": "档案柜", "until": deadline.replace(year=deadline.year + 5, day=1).isoformat()}
    if pick.random() < 0.8:
        checks = [beside(pick, deadline, day) for _ in range(pick.choice((1, 2)))]
        made["checks"] = [{"date": each.isoformat(), "finding": "有改进"} for each in checks]
    if pick.random() < 0.7:
        due = deadline + timedelta(days=books.days("admonition_outcome_days"))
        decided = beside(pick, due if pick.random() < 0.5 else deadline, day).isoformat()
        state = pick.choice(("improved", "unchanged"))
        outcome = {"date": decided, "state": state, "opinion": "研究决定", "decided_by": "committee"}
        made["outcome"] = outcome
    return f"admonitions/{day.year}/a{number}.yaml", made


def _disclosures(pick: Random, books: Books) -> dict[str, Raw]:
    """Return the disclosures of what is to be disclosed, some with feedback."""
    made: dict[str, Raw] = {}
    for event in events(books, date(2199, 12, 31)):
        wording = wording_on(books, event.clause, event.day)
        if AFTER[event.clause] != "disclosure_days" or wording is None or pick.random() < 0.3:
            continue
        day = beside(pick, due_day(event, wording), event.day)
        item: Raw = {"schema": 1, "kind": "disclosure", "date": day.isoformat()}
        item |= disclosure_fields(pick, books, day, pick.choice((1, 2, 4)))
        about, _dash, number = event.subject.rpartition("-")
        if event.clause != "8.2(1)":
            item["about"] = [event.subject]
        elif pick.random() < 0.2:
            item["about"] = [about]
        else:
            item |= {"about": [about], "resolution": int(number)}
        if pick.random() < 0.4:
            item["feedback"] = [_feedback(pick, books, day, each) for each in range(pick.choice((1, 2)))]
        made[f"disclosures/{day.year}/{day}-matter-{len(made)}.yaml"] = item
    return made


def _feedback(pick: Random, books: Books, shown: date, number: int) -> Raw:
    day = shown + timedelta(days=pick.choice((0, 1, 20)))
    answered = _answer(pick, day + timedelta(days=books.days("feedback_answer_days")), day)
    made: Raw = {"id": f"f{number}", "date": day.isoformat(), "text": "写得清楚"}
    return made | ({"answer": "谢谢", "answered_on": answered} if answered else {})


def ledger(pick: Random, year: int, books: Books) -> dict[str, Raw]:
    """Return the dues ledger of the year: mostly paid, some late, in parts, short, deferred or left out."""
    rows = []
    for member in books.members:
        if pick.random() < 0.9:
            row: Raw = {"member": member, "assessed": pick.choice(_AMOUNTS)}
            if pick.random() < 0.3:
                row["deferrals"] = [_deferral(pick, year)]
            rows.append(row | {"paid": _payments(pick, year, row["assessed"])})
    made: Raw = {"schema": 1, "kind": "dues", "year": year, "collector": pick.choice(list(books.members))}
    return {f"dues/{year}.yaml": made | {"members": rows}}


def _payments(pick: Random, year: int, assessed: float) -> list[Raw]:
    paid: list[Raw] = []
    steady = pick.random() < 0.5
    for month in calendar("month", year):
        if pick.random() < 0.1:
            continue
        parts = pick.choice(
            ((None,), (None,), (None,), (assessed,), (0,), (0.1, 0.2), (1, 1, 1), (12, 0.5), (assessed, 1))
        )
        for amount in (None,) if steady else parts:
            day = month.first if steady else beside(pick, month.last)
            payment: Raw = {"month": month.label, "date": day.isoformat()}
            paid.append(payment if amount is None else payment | {"amount": amount})
    return paid


def _deferral(pick: Random, year: int) -> Raw:
    first, last = sorted(pick.sample(range(1, 13), 2)) if pick.random() < 0.8 else [pick.randrange(1, 13)] * 2
    end = calendar("month", year)[last - 1].last
    made: Raw = {"from": f"{year}-{first:02d}", "to": f"{year}-{last:02d}", "reason": "quarterly"}
    made |= {"approved_by": "支委会", "approved_on": beside(pick, end).isoformat()}
    if pick.random() < 0.5:
        made["pay_by"] = (end + timedelta(days=pick.choice((0, 10, 40)))).isoformat()
    return made
