"""The shape of the sample's words: one value for each YAML file of a language, and one for people's names.

In sentences ``{a}`` ``{b}`` ``{c}`` stand for people who were there, ``{shop}`` ``{part}`` ``{n}`` ``{p}`` for a shop,
a workpiece, a small number and a percentage. The strings of a Literal are the keys that the YAML files must have.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from dangwu.model.period import PeriodLength  # noqa: TC001 - read by ``make_value``

Decision = Literal["admit", "convert", "by-elect", "elect"]
"""What a general meeting decides about people."""
Change = Literal[Decision, "arrive", "leave", "move", "exempt", "leader"]
"""What happens to people; each has its commit message."""
Message = Literal[Change, "first", "record", "made_up", "later", "waiver", "reviewed", "paper", "update", "dues"]
Section = Literal["ideology", "organization", "style", "clean-conduct"]
TaskState = Literal["done", "on-track", "behind", "not-started"]
Head = Literal["attendance", "work-goals", "self-improvement", "discipline", "vanguard"]
Grade = Literal["excellent", "qualified", "basically-qualified"]
Stage = Literal["study", "self", "democratic", "examination", "follow_up"]
Item = Literal["decision", "rectification", "integrity", "dues", "appraisal", "routine", "supervision", "other"]
"""What is disclosed."""
Lines = tuple[str, ...]


class Matter(NamedTuple):
    """One issue of an agenda: what minutes say of it, what is resolved, and the months it fits (empty: any)."""

    title: str
    lines: Lines
    resolution: str = ""
    months: tuple[int, ...] = ()


Matters = tuple[Matter, ...]


class Phrases(NamedTuple):
    """Fixed phrases, names of bodies and places, and messages of commits: ``phrases.yaml``.

    ``committee_words`` and ``group_words`` are those by which a sentence is known to speak of a committee or of groups.
    """

    sentence_separator: str
    name_separator: str
    shops: Lines
    parts: Lines
    committee: str
    group: str
    committee_words: Lines
    group_words: Lines
    superior_name: str
    superior_office: str
    superior_person: str
    discipline_body: str
    manager_post: str
    collector_post: str
    staff_units: Lines
    supervisor_unit: str
    group_place: str
    committee_places: Lines
    general_places: Lines
    talk_place: str
    kept_place: str
    applicant: str
    manager: str
    chaired: str
    lecture_chaired: str
    delegated: str
    made_up: str
    late: str
    lecturer: str
    point: str
    votes: str
    resolved: str
    afterthought: str
    hear_manager: str
    manager_line: str
    decisions: dict[Decision, dict[Literal["title", "account", "resolution"], str]]
    building_topics: Lines
    life_topics: Lines
    prepared: str
    study_topic: str
    day_topic: str
    notice: str
    discipline_decision: str
    contact: str
    log: str
    plan_item: str
    waiver_reasons: Lines
    periods: dict[PeriodLength, Lines]
    meetings: dict[str, str]
    messages: dict[Message, str]


class GroupMeetingWords(NamedTuple):
    """Minutes of Party group meetings."""

    study: Matters
    work: Matters
    life: Matters
    criticism: Lines
    replies: Lines


class CommitteeMeetingWords(NamedTuple):
    """Minutes of committee meetings."""

    matters: Matters
    criticism: Lines


class GeneralMeetingWords(NamedTuple):
    """Minutes of general meetings."""

    reports: Matters
    conveyed: Matters
    debated: Matters


class LectureWords(NamedTuple):
    """Minutes of lectures."""

    matters: Matters
    talk: Lines


class LifeMeetingWords(NamedTuple):
    """Minutes of Party-building and life meetings, and what these set right."""

    party_building: Lines
    thinking: Lines
    improvements: Lines
    democratic_themes: Lines
    democratic_focuses: Lines
    preparations: Lines
    self_checks: Lines
    directions: Lines
    organizational_themes: Lines
    measures: Lines
    rectifications: tuple[dict[Literal["issue", "measure"], str], ...]
    rectification_results: Lines


class StudyWords(NamedTuple):
    """Study sessions, courses, checks of study, the room and its kit."""

    topics: Lines
    documents: Lines
    contents: Lines
    member_courses: tuple[dict[Literal["title", "place"], str], ...]
    worker_courses: tuple[dict[Literal["title", "place"], str], ...]
    check_results: Lines
    room_remarks: Lines
    subscriptions: Lines


class PlanWords(NamedTuple):
    """Plans and what is inspected of them."""

    aims: Lines
    tasks: dict[Section, tuple[dict[Literal["task", "measure", "department"], str], ...]]
    steps: Lines
    unplanned: Lines
    task_findings: Lines
    inspection_findings: Lines
    results: dict[TaskState, Lines]


class SummaryWords(NamedTuple):
    """Summaries, commendations, development of members, inspections from above."""

    work: Lines
    problems: Lines
    next_steps: Lines
    excellence: Lines
    praise_forms: Lines
    praised_units: Lines
    development_steps: Lines
    inspecting_bodies: Lines
    inspection_results: Lines
    inspection_points: tuple[dict[Literal["point", "measure"], str], ...]


class TargetWords(NamedTuple):
    """Targets, assessments and the democratic appraisal."""

    posts: Lines
    items: dict[Head, Lines]
    log_facts: Lines
    log_sources: Lines
    reports: Lines
    reasons: dict[Literal[Grade, "none"], Lines]
    statements: Lines
    commendations: Lines
    stages: dict[Stage, Lines]


class OpennessWords(NamedTuple):
    """Disclosures and what people said to them."""

    disclosures: dict[Item, tuple[dict[Literal["matter", "content"], str], ...]]
    feedback: tuple[dict[Literal["text", "answer"], str], ...]


class SupervisionWords(NamedTuple):
    """Talks, participation, letters, cases, accountability, admonitory talks."""

    talks: tuple[dict[Literal["topic", "feedback"], str], ...]
    participation: Lines
    letters: tuple[dict[Literal["summary", "result"], str], ...]
    cases: tuple[dict[Literal["facts", "result"], str], ...]
    case_statements: Lines
    accountability: tuple[dict[Literal["facts", "measure"], str], ...]
    accountability_statements: Lines
    admonitions: tuple[
        dict[Literal["facts", "source", "problems", "requirements", "measures", "account"], str], ...
    ]  # fmt: skip
    admonition_notices: Lines
    admonition_checks: Lines
    admonition_opinions: Lines


class Words(NamedTuple):
    """Everything that is written in one language; each field is the file of that name."""

    phrases: Phrases
    group_meetings: GroupMeetingWords
    committee_meetings: CommitteeMeetingWords
    general_meetings: GeneralMeetingWords
    lectures: LectureWords
    life_meetings: LifeMeetingWords
    study: StudyWords
    plans: PlanWords
    summaries: SummaryWords
    targets: TargetWords
    openness: OpennessWords
    supervision: SupervisionWords


class PersonName(NamedTuple):
    """A full name, and whether it is a woman's."""

    name: str
    female: bool


class Names(NamedTuple):
    """What names are put together from, and the made-up branch and its superior in both languages: ``names.yaml``.

    ``peculiar`` are whole names with rare characters or of other peoples, which every output has to bear.
    """

    branch: dict[Literal["zh", "en"], str]
    superior: dict[Literal["zh", "en"], str]
    surnames: Lines
    male: Lines
    female: Lines
    peculiar: tuple[PersonName, ...]
