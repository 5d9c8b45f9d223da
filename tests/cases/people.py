"""The files of a case's branch and of its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.cast import FAR, Held, day_of

if TYPE_CHECKING:
    from datetime import date

    from tests.cases.cast import Cast, Person, Raw


def branch(made: Cast) -> Raw:
    """Return ``branch.yaml``."""
    name = {"zh": "青禾精工党支部", "en": "Qinghe Precision Works Party Branch"}
    superior = {"zh": "云栖镇党委", "en": "Yunqi Town Party Committee"}
    ids = made.ids
    return {
        "schema": 1,
        "kind": "branch",
        "name": name,
        "superior": superior,
        "founded": made.founded,
        **({"records_from": made.records_from} if made.records_from else {}),
        "terms": [term for each in made.terms if (term := _term(made, *each))["posts"]],
        "groups": [
            {"id": id_, "name": data.get("name", id_), "leaders": [_holder(made, each) for each in leaders]}
            | _span(day_of(made, data["from"]), data.get("to", FAR))
            for id_, (data, leaders) in made.groups.items()
        ],
        "workers": [_holder(made, each) for each in made.workers if each.who in made.people],
        "staff": [{"id": ids[each], "name": each} | data for each, data in made.staff.items()],
        "supervisors": [
            {"name": each.who, "unit": unit} | _span(each.start, each.end) for unit, each in made.supervisors
        ],
        "settings": made.settings,
    }


def member(person: Person) -> Raw:
    """Return a member's file."""
    data: Raw = {"schema": 1, "kind": "member", "id": person.id, "name": person.name}
    data["status"] = [{"from": day, "status": status} for day, status in person.standings]
    if person.groups:
        data["groups"] = [{"from": day, "group": group} for day, group in person.groups]
    if person.exempt:
        approved = {"reason": "other", "approved_by": "支部委员会"}
        data["exemptions"] = [_span(start, end) | approved for start, end in person.exempt]
    return data


def _term(made: Cast, start: date, end: date, committee: bool) -> Raw:
    posts = [
        {"post": post} | _holder(made, Held(held.who, max(start, held.start), min(end, held.end)))
        for post, held in made.posts
        if held.start <= end and start <= held.end and (committee or post in {"secretary", "deputy-secretary"})
    ]
    return _span(start, end) | {"committee": committee, "posts": posts}


def _holder(made: Cast, held: Held) -> Raw:
    return {"member": made.id(held.who)} | _span(held.start, held.end)


def _span(start: date, end: date) -> Raw:
    return {"from": start} if end == FAR else {"from": start, "to": end}
