"""How duties, periods, groups and meetings are called on a page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.model.message import Bilingual
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
    """Return a group's name, its id where the branch does not know it, and nothing for no group."""
    known = corpus.branch.group(group) if corpus.branch and group else None
    return known.name if known else group or ""


def find_person_name(corpus: Corpus, person: str) -> str:
    """Return the name of a member or of a person on the staff list; the id where it is unknown."""
    staff = corpus.branch.staff if corpus.branch else {}
    return staff.get(person) or corpus.name_of(person)


def format_clause_name(duty: Duty, lang: Language) -> str:
    """Return the clause of a duty with its title."""
    return f"{duty.clause} {lang.value(duty.title)}"


def format_system_name(number: int, owed: DutyResult, lang: Language) -> str:
    """Return a system's number and title; duties that the branch adds itself belong to none."""
    titles = dict(owed.rulebook.systems)
    return f"{number} {lang.value(titles[number])}" if number in titles else lang.value(EXTRA_DUTIES_TITLE)


def format_subject_name(duty: Duty, owed: DutyResult) -> str:
    """Return who owes a duty, or what it follows from, in words; nothing where the branch owes it as a whole."""
    if duty.what is not None:
        return duty.what
    if is_personal(duty, owed):
        return owed.corpus.name_of(duty.subject or "")
    return find_group_name(owed.corpus, duty.subject)


def is_personal(duty: Duty, owed: DutyResult) -> bool:
    """Tell whether a duty is one person's."""
    clause = owed.rulebook.clause(duty.clause)
    return clause is not None and clause.event is None and clause.subject.personal


def follows_event(duty: Duty, owed: DutyResult) -> bool:
    """Tell whether a duty follows from something that happened."""
    clause = owed.rulebook.clause(duty.clause)
    return clause is not None and clause.event is not None


def build_people_order(owed: DutyResult) -> Callable[[str], tuple[int, str]]:
    """Return the order in which people are always listed: by group and id, and never by what they did."""
    return build_people_order_on(owed.corpus, owed.as_of)


def build_people_order_on(corpus: Corpus, day: date) -> Callable[[str], tuple[int, str]]:
    """Return the order of people by their groups on a day."""
    branch, members = corpus.branch, corpus.member_by_id
    groups = {group.id: number for number, group in enumerate(branch.groups)} if branch else {}

    def key(member: str) -> tuple[int, str]:
        known = members.get(member)
        group = (known.group_on(day) or (known.groups[-1][0] if known.groups else "")) if known else ""
        return groups.get(group, len(groups)), member

    return key


def format_duty_name(duty: Duty, owed: DutyResult, lang: Language) -> str:
    """Return clause, title, subject and period of a duty in words; after an event its day says more than a year."""
    period = "" if follows_event(duty, owed) else lang.text(format_period_name(duty.period))
    return join_phrases((format_clause_name(duty, lang), format_subject_name(duty, owed), period), lang)


def format_origin(owed: DutyResult, lang: Language) -> str:
    """Return the branch, the as-of day and the revision: the line below a page's title."""
    branch = lang.value(owed.corpus.branch.name) if owed.corpus.branch else ""
    return join_phrases((branch, describe_snapshot(owed.as_of, owed.revision, lang)), lang)


def distinguish_names(people: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return how people are called among each other, by id: where several have one name, the id stands behind it."""
    names = Counter(name for _, name in people)
    return {id_: name if names[name] == 1 else f"{name} ({id_})" for id_, name in people}
