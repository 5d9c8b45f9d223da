"""The recipes of all kinds that ``dangwu new`` writes: the place to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.new.recipes import branch, conduct, meetings, people, plans

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.authoring.new.request import RecordRequest


def _fill_nothing(request: RecordRequest) -> dict[str, Any]:  # noqa: ARG001 - one signature for all kinds
    return {}


def _accept_anything(request: RecordRequest, fields: Mapping[str, Any]) -> None:
    """Accept the fields as they are."""


class Recipe(NamedTuple):
    """How the fields of a new record of one kind are worked out.

    ``fill`` returns known fields, ``refuse`` raises UsageError on fields that must not be written, ``first`` are the
    flags that ``fill`` needs, ``rows`` allows more rows, ``slug`` are the fields of the file's slug.
    """

    fill: Callable[[RecordRequest], dict[str, Any]] = _fill_nothing
    refuse: Callable[[RecordRequest, Mapping[str, Any]], None] = _accept_anything
    first: tuple[str, ...] = ()
    rows: bool = False
    slug: tuple[str, ...] = ()


_RECIPES: dict[str, Recipe] = {
    "annual-plan": Recipe(plans.fill_annual_plan, rows=True),
    "quarter-plan": Recipe(plans.fill_phase_plan, rows=True),
    "month-plan": Recipe(plans.fill_phase_plan, rows=True),
    "education-plan": Recipe(plans.fill_education_plan, rows=True),
    "development-plan": Recipe(plans.fill_development_plan, rows=True),
    "plan-inspection": Recipe(plans.fill_plan_inspection),
    "mid-year-summary": Recipe(plans.fill_summary),
    "year-end-summary": Recipe(plans.fill_summary),
    "excellence-summary": Recipe(plans.fill_excellence_summary, rows=True),
    "superior-inspection": Recipe(plans.fill_superior_inspection, rows=True),
    "accountability": Recipe(conduct.fill_accountability, rows=True),
    "rectification": Recipe(conduct.fill_rectification, rows=True),
    "target": Recipe(people.fill_target, first=("member",)),
    "target-log": Recipe(people.fill_target_log, first=("group",)),
    "target-report": Recipe(people.fill_target_report, first=("group",)),
    "assessment": Recipe(people.fill_assessment, first=("member",)),
    "result-report": Recipe(people.fill_result_report),
    "training": Recipe(conduct.fill_training, slug=("audience",)),
    "study-check": Recipe(conduct.fill_study_check),
    "facility-check": Recipe(conduct.fill_facility_check, rows=True),
    "appraisal": Recipe(people.fill_appraisal),
    "disclosure": Recipe(conduct.fill_disclosure, slug=("about", "resolution")),
    "participation-check": Recipe(conduct.fill_participation_check),
    "talk-feedback": Recipe(slug=("with",)),
    "heart-to-heart-talk": Recipe(slug=("between",)),
    "duty-report": Recipe(first=("member",)),
    "case": Recipe(conduct.fill_case),
    "letter": Recipe(conduct.fill_letter),
    "complainant": Recipe(conduct.fill_complainant),
    "dues": Recipe(conduct.fill_dues),
    "admonition": Recipe(conduct.fill_admonition, conduct.refuse_same_person),
    "amendment": Recipe(first=("clause",), slug=("clause",)),
    "branch": Recipe(branch.fill_branch),
}
"""Kind → recipe; meetings, members and waivers have commands of their own."""


def find_recipe(kind: str) -> Recipe:
    """Return the recipe of a kind; an empty one where none is listed."""
    return _RECIPES.get(kind, Recipe())


MEETING_RECIPES: dict[str, Callable[[RecordRequest, Mapping[str, Any]], dict[str, Any]]] = {
    "party-building-meeting": meetings.fill_party_building,
    "democratic-life-meeting": meetings.fill_democratic_life,
    "organizational-life-meeting": meetings.fill_organizational_life,
    "study-session": meetings.fill_study_session,
}
"""Kind of meeting → the function that returns its fields besides attendance."""
