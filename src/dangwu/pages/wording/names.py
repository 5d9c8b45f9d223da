"""Names of members, Party groups, duties, clauses and systems, and the order in which people are listed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.model.message import Bilingual, say
from dangwu.pages.wording.values import describe_snapshot, format_period_name, join_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult

EXTRA_DUTIES_TITLE = Bilingual("本支部增加的事项", "Extra duties of this branch")


def find_group_name(corpus: Corpus, group: str | None) -> str:
    """Return a Party group's name, its id where the branch has no such group, and an empty text for no group."""
    found_group = corpus.branch.group(group) if corpus.branch and group else None
    return found_group.name if found_group else group or ""


def find_person_name(corpus: Corpus, person: str) -> str:
    """Return the name of a member or of a person on the staff list; the id where it is unknown."""
    staff = corpus.branch.staff if corpus.branch else {}
    return staff.get(person) or corpus.name_of(person)


def format_clause_name(duty: Duty, lang: Language) -> str:
    """Return the clause of a duty with its title."""
    return f"{duty.clause} {lang.value(duty.title)}"


def format_system_name(number: int, result: DutyResult, lang: Language) -> str:
    """Return a system's number and title; the title of the branch's extra duties where the number is no system."""
    titles = dict(result.rulebook.systems)
    return f"{number} {lang.value(titles[number])}" if number in titles else lang.value(EXTRA_DUTIES_TITLE)


def format_subject_name(duty: Duty, result: DutyResult) -> str:
    """Return who owes a duty, or the event it follows; an empty text where the whole branch owes it."""
    if duty.what is not None:
        return duty.what
    if is_personal(duty, result):
        return result.corpus.name_of(duty.subject or "")
    return find_group_name(result.corpus, duty.subject)


def is_personal(duty: Duty, result: DutyResult) -> bool:
    """Tell whether a duty is owed by one person."""
    clause = result.rulebook.clause(duty.clause)
    return clause is not None and clause.event is None and clause.subject.personal


def follows_event(duty: Duty, result: DutyResult) -> bool:
    """Tell whether a duty follows an event."""
    clause = result.rulebook.clause(duty.clause)
    return clause is not None and clause.event is not None


def build_people_order(result: DutyResult) -> Callable[[str], tuple[int, str]]:
    """Return the sort key of people on the as-of day."""
    return build_people_order_on(result.corpus, result.as_of)


def build_people_order_on(corpus: Corpus, day: date) -> Callable[[str], tuple[int, str]]:
    """Return the sort key of people: by their Party group on a day and by id, never by what they did."""
    branch, members = corpus.branch, corpus.member_by_id
    groups = {group.id: number for number, group in enumerate(branch.groups)} if branch else {}

    def key(member: str) -> tuple[int, str]:
        found_member = members.get(member)
        group = (
            (found_member.group_on(day) or (found_member.groups[-1][0] if found_member.groups else ""))
            if found_member
            else ""
        )
        return groups.get(group, len(groups)), member

    return key


def format_duty_name(duty: Duty, result: DutyResult, lang: Language) -> str:
    """Return clause, title, subject and period of a duty; a duty after an event has no period."""
    period = "" if follows_event(duty, result) else lang.text(format_period_name(duty.period))
    return join_phrases((format_clause_name(duty, lang), lang.value(format_subject_name(duty, result)), period), lang)


def format_origin(result: DutyResult, lang: Language) -> str:
    """Return the line below a page's title: branch, as-of day, revision, and since when records are kept."""
    branch = result.corpus.branch
    parts = [lang.value(branch.name) if branch else "", describe_snapshot(result.as_of, result.revision, lang)]
    if branch and branch.records_from:
        parts.append(lang.text(say("records kept here from {day} on", day=branch.records_from)))
    return join_phrases(parts, lang)


def distinguish_names(people: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the names of people by id; where several have the same name, the id is added."""
    names = Counter(name for _, name in people)
    return {id_: name if names[name] == 1 else f"{name} ({id_})" for id_, name in people}
