"""A fictional branch as finished values: what the report room is tested with, without any file."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from dangwu.duty.state import build_duties
from dangwu.model.corpus import Corpus
from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity, Source
from dangwu.model.message import Bilingual, say
from dangwu.model.period import Period
from dangwu.model.record import (
    Acceptance,
    Branch,
    Exemption,
    Group,
    Leave,
    Meeting,
    Member,
    PostHolder,
    Standing,
    Term,
    Waiver,
    WaiverOutcome,
)
from dangwu.model.results import CheckResult, DutyResult, YearReport
from dangwu.model.spans import Span
from dangwu.workspace import catalogue, code_list
from dangwu.workspace.workspace import build_year_span
from tests.support.change import replace

if TYPE_CHECKING:
    from dangwu.model.rulebook import Rulebook

AS_OF = date(2026, 11, 23)
FOUNDED = date(2019, 7, 1)
NAMES = (
    "周启明", "欧阳䶮", "林㛃", "陈志远", "阿依古丽·买买提", "钱𬭎", "孙丽华", "吴建国", "郑晓燕", "王大力",
    "冯雪梅", "褚卫东", "卫青山", "蒋秀兰",
)  # fmt: skip
GROUPS = (("g1", "第一党小组"), ("g2", "第二党小组"), ("g3", "质检与技术党小组"))
TOPICS = (
    ("学习安全生产专题文件", "讨论党员责任区划分"),
    ("通报上月问题整改情况", "研究新工人结对帮带"),
    ("交流学习体会", "布置设备检修期间党员值班"),
)


def member(number: int, name: str, group: str | None) -> Member:
    return Member(
        path=f"members/m{number:03d}.yaml",
        id=f"m{number:03d}",
        name=name,
        standings=((Standing.PROBATIONARY if number == 14 else Standing.FULL, Span(FOUNDED)),),
        groups=((group, Span(FOUNDED)),) if group else (),
        exemptions=(
            (Exemption(span=Span(date(2026, 6, 1), date(2026, 9, 1)), reason="illness", approved_by="m001"),)
            if number == 8
            else ()
        ),
    )


@cache
def branch() -> Branch:
    held = {"m001": "secretary", "m002": "organization", "m003": "publicity"}
    posts = tuple(PostHolder(member=id_, span=Span(FOUNDED), post=post) for id_, post in held.items())
    return Branch(
        path="branch.yaml",
        name=Bilingual("云岭精密机械有限公司党支部", "Party branch of Yunling Precision Machinery"),
        superior=Bilingual("柳溪镇党委", "Liuxi town Party committee"),
        founded=FOUNDED,
        terms=(Term(span=Span(FOUNDED), committee=True, posts=posts),),
        groups=tuple(
            Group(
                id=id_,
                name=name,
                span=Span(FOUNDED),
                leaders=(PostHolder(member=f"m{number:03d}", span=Span(FOUNDED)),),
            )
            for number, (id_, name) in enumerate(GROUPS, 1)
        ),
    )


def _members() -> tuple[Member, ...]:
    return tuple(member(number, name, GROUPS[number % 3 - 1][0]) for number, name in enumerate(NAMES, 1))


def _meeting(corpus: Corpus, kind: str, day: date, group: str | None = None, makes_up: str | None = None) -> Meeting:
    due = sorted(corpus.roster.due_at(kind, group, day))
    chair = {"g1": "m001", "g2": "m002", "g3": "m003"}.get(group or "", "m001")
    others = [each for each in due if each != chair]
    away = others[day.toordinal() % len(others)] if day.day % 3 == 0 and len(others) > 2 else None
    absent = ("m010",) if "m010" in others and away != "m010" and day.month in {3, 4} else ()
    leave = (Leave(member=away, reason="business-trip", approved_by=chair),) if away else ()
    stem = f"{day.isoformat()}-{kind}" + (f"-{group}" if group else "")
    return Meeting(
        path=f"meetings/{day.year}/{stem}.md",
        kind=kind,
        day=day,
        start=15 * 60,
        end=16 * 60 + 10,
        place="三车间会议室",
        chair=chair,
        recorder=next(each for each in others if each != away and each not in absent),
        present=tuple(each for each in due if each != away and each not in absent),
        leave=leave,
        absent=absent,
        group=group,
        makes_up=Period.parse(makes_up) if makes_up else None,
        topics=TOPICS[day.month % 3],
        lecturer="m001" if kind == "lecture" else None,
    )


def _held(corpus: Corpus) -> tuple[Meeting, ...]:
    held = []
    for month in range(1, 12):
        day = date(2026, month, 8 + month % 5)
        for number, (group, _) in enumerate(GROUPS):
            if (group, month) in {("g2", 5), ("g3", 7), ("g1", 8), ("g1", 11), ("g3", 9)}:
                continue
            held.append(_meeting(corpus, "group-meeting", day + timedelta(days=number), group))
        if month < 11:
            held.append(_meeting(corpus, "committee-meeting", day + timedelta(days=5)))
    held.append(_meeting(corpus, "group-meeting", date(2026, 8, 6), "g3", "2026-07"))
    held.extend(_meeting(corpus, "general-meeting", date(2026, month, 20)) for month in (3, 6, 9))
    held.append(_meeting(corpus, "lecture", date(2026, 6, 26)))
    wrong = next(each for each in held if each.kind == "committee-meeting" and each.day.month == 10)
    away = tuple(Leave(member=each, reason="business-trip", approved_by="m001") for each in wrong.present[1:])
    held[held.index(wrong)] = wrong._replace(present=wrong.present[:1], leave=(*wrong.leave, *away))
    return tuple(held)


WAIVERS = (
    Waiver(
        path="waivers/2026/2026-08-05-high-temperature.yaml",
        day=date(2026, 8, 5),
        duties=("3.1/2026-08/g1",),
        outcome=WaiverOutcome.WAIVED,
        reason="高温停产检修，全组外派",
        approved_by="柳溪镇党委",
    ),
    Waiver(
        path="waivers/2026/2026-10-09-missed.yaml",
        day=date(2026, 10, 9),
        duties=("3.1/2026-09/g3",),
        outcome=WaiverOutcome.MISSED,
        reason="组长出差，忘记安排，已在支委会说明",
        approved_by="支部委员会",
    ),
)


@cache
def corpus() -> Corpus:
    bare = Corpus(branch=branch(), members=_members())
    return Corpus(branch=branch(), members=_members(), meetings=_held(bare), waivers=WAIVERS)


@cache
def rulebook() -> Rulebook:
    """System 3 and the note of system 10: what these values are about, whatever else the rulebook gains."""
    book = catalogue.load_default_rulebook()
    return replace(
        book, clauses=tuple(each for each in book.clauses if each.id.startswith("3.") or each.id == "10.1(5)")
    )


@cache
def owed(year: int = 2026) -> DutyResult:
    recorded = {each.path: each.day + timedelta(days=1) for each in corpus().meetings}
    late = next(each for each in corpus().meetings if each.group == "g1" and each.day.month == 4)
    recorded[late.path] = late.day + timedelta(days=41)
    return DutyResult(
        as_of=AS_OF,
        revision="4f2a9c1e77d0b3a85e6f0d1c2b3a4958677869a0",
        duties=build_duties(rulebook(), corpus(), AS_OF, build_year_span(year), recorded),
        corpus=corpus(),
        rulebook=rulebook(),
        overdue_before=1,
        recorded={},
    )


@cache
def small() -> DutyResult:
    """A branch of three members: no committee, no groups."""
    members = tuple(member(number, NAMES[number - 1], None) for number in (1, 2, 3))
    term = Term(
        span=Span(FOUNDED), committee=False, posts=(PostHolder(member="m001", span=Span(FOUNDED), post="secretary"),)
    )
    alone = branch()._replace(terms=(term,), groups=())
    records = Corpus(branch=alone, members=members)
    day = date(2026, 2, 11)
    meeting = _meeting(records, "general-meeting", day)
    records = Corpus(branch=alone, members=members, meetings=(meeting,))
    return DutyResult(
        as_of=AS_OF,
        revision=None,
        duties=build_duties(rulebook(), records, AS_OF, build_year_span(2026), {}),
        corpus=records,
        rulebook=rulebook(),
        recorded={},
    )


def code(id_: str) -> FindingCode:
    return next(each for each in code_list.list_codes() if each.id == id_)


def findings() -> tuple[Finding, ...]:
    path = "meetings/2026/2026-03-12-group-meeting-g1.md"
    absent = tuple(each for each in corpus().meetings if "m010" in each.absent)
    return (
        Finding(
            code=code("DW301"),
            source=Source(path, ("present",), 11, 1),
            message=say("{name} was due and stands in no list.", name="钱𬭎 (m006)"),
            hint=say("Put {id} into present, leave or absent.", id="m006"),
            subject="m006",
        ),
        Finding(
            code=code("DW104"),
            source=Source("meetings/2026/2026-05-13-group-meeting-g1.md", ("time",), 4, 7),
            message=say("The time cannot be read: {value}", value="15：00-16：10"),
            hint=say("Write it as {form}.", form="15:00-16:10"),
            related=(RelatedPlace(Source(path, (), 5, 1), say("here it is right")),),
        ),
        Finding(
            code=FindingCode("DW004", "line-ends", Severity.WARNING, say("Windows or old Mac line ends")),
            source=Source("meetings/2025/2025-12-03-group-meeting-g2.md", (), 1, 1),
            message=say("The lines end as on Windows."),
        ),
        Finding(
            code=code("DW310"),
            source=Source(absent[-1].path, ("absent", 0), 13, 10),
            message=say(
                "{name} ({id}) was absent without reason {count} times running: {days}. For people to consider.",
                name="王大力",
                id="m010",
                count=len(absent),
                days=tuple(each.day for each in absent),
            ),
            hint=say(
                "First ask for the reason, and see whether leave was asked for; nothing is decided here about a person."
            ),
            related=tuple(
                RelatedPlace(
                    Source(each.path, ("absent", 0), 13, 10), say("absent without reason on {day}", day=each.day)
                )
                for each in absent
            ),
            subject="m010",
        ),
    )


def accepted() -> tuple[tuple[Finding, Acceptance], ...]:
    finding = Finding(
        code=code("DW307"),
        source=Source("meetings/2026/2026-06-20-general-meeting.md", ("recorder",), 8, 11),
        message=say("The recorder {name} is not among those present.", name="孙丽华"),
    )
    acceptance = Acceptance(
        path="accepted.yaml", number=0, code="DW307", file=finding.source.path,
        reason="记录人线上参会，当时规则未写明", day=date(2026, 7, 2),
    )  # fmt: skip
    return ((finding, acceptance),)


def checked() -> CheckResult:
    return CheckResult(
        as_of=AS_OF,
        revision=owed().revision,
        findings=tuple(sorted(findings(), key=lambda each: each.key)),
        accepted=accepted(),
        records=412,
    )


def report() -> YearReport:
    return YearReport(year=2026, owed=owed(), checked=checked())


def small_report() -> YearReport:
    empty = CheckResult(as_of=AS_OF, revision=None, findings=(), accepted=(), records=5)
    return YearReport(year=2026, owed=small(), checked=empty)
