"""Every kind that ``dangwu new`` writes, with what it knows of it: the place to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.new.recipes import branch, conduct, meetings, people, plans

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.authoring.new.request import Order


def _nothing(order: Order) -> dict[str, Any]:  # noqa: ARG001 - one form for all kinds
    return {}


def _anything(order: Order, fields: Mapping[str, Any]) -> None:
    """Accept the fields as they are."""


class Recipe(NamedTuple):
    """How a kind is made.

    ``fill`` works out fields, ``refuse`` raises on what must not be written, ``first`` are the flags that ``fill``
    needs, ``rows`` says that the list of rows can be made longer, ``slug`` names what ends the file's name.
    """

    fill: Callable[[Order], dict[str, Any]] = _nothing
    refuse: Callable[[Order, Mapping[str, Any]], None] = _anything
    first: tuple[str, ...] = ()
    rows: bool = False
    slug: tuple[str, ...] = ()


_RECIPES: dict[str, Recipe] = {
    "annual-plan": Recipe(plans.annual, rows=True),
    "quarter-plan": Recipe(plans.phase, rows=True),
    "month-plan": Recipe(plans.phase, rows=True),
    "education-plan": Recipe(plans.education, rows=True),
    "development-plan": Recipe(plans.development, rows=True),
    "plan-inspection": Recipe(plans.inspection),
    "mid-year-summary": Recipe(plans.summary),
    "year-end-summary": Recipe(plans.summary),
    "excellence-summary": Recipe(plans.excellence, rows=True),
    "superior-inspection": Recipe(plans.superior, rows=True),
    "accountability": Recipe(conduct.accountability, rows=True),
    "rectification": Recipe(conduct.rectification, rows=True),
    "target": Recipe(people.target, first=("member",)),
    "target-log": Recipe(people.log, first=("group",)),
    "target-report": Recipe(people.report, first=("group",)),
    "assessment": Recipe(people.assessment, first=("member",)),
    "result-report": Recipe(people.result_report),
    "training": Recipe(conduct.training, slug=("audience",)),
    "study-check": Recipe(conduct.study_check),
    "facility-check": Recipe(),
    "appraisal": Recipe(people.appraisal),
    "disclosure": Recipe(conduct.disclosure, slug=("about", "resolution")),
    "participation-check": Recipe(conduct.participation),
    "talk-feedback": Recipe(slug=("with",)),
    "heart-to-heart-talk": Recipe(slug=("between",)),
    "duty-report": Recipe(first=("member",)),
    "case": Recipe(conduct.case),
    "letter": Recipe(conduct.letter),
    "complainant": Recipe(conduct.complainant),
    "dues": Recipe(conduct.dues),
    "admonition": Recipe(conduct.admonition, conduct.separate),
    "amendment": Recipe(branch.amendment, first=("clause",), slug=("clause",)),
    "branch": Recipe(branch.branch),
}
"""Kind → how it is made; meetings, members and waivers have commands of their own."""


def recipe(kind: str) -> Recipe:
    """Return how a kind is made; of one that is not listed nothing is worked out."""
    return _RECIPES.get(kind, Recipe())


MEETINGS: dict[str, Callable[[Order, Mapping[str, Any]], dict[str, Any]]] = {
    "party-building-meeting": meetings.party_building,
    "democratic-life-meeting": meetings.democratic_life,
    "organizational-life-meeting": meetings.organizational_life,
    "study-session": meetings.study,
}
"""Kind of meeting → what it asks for beside attendance."""
