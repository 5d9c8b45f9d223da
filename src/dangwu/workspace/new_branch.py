"""A workbook or roster and a few answers → the records with which a branch begins: branch.yaml and its members."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.data import resources
from dangwu.model.corpus import Corpus
from dangwu.model.document import PLACEHOLDER
from dangwu.model.import_plan import ImportPlan, SheetProblem, join_problems
from dangwu.model.message import Bilingual, say
from dangwu.model.new_member import NewMember
from dangwu.model.record import Branch
from dangwu.sheets.columns import MEMBER_COLUMNS, CellType, find_column_codes
from dangwu.sheets.plan.branch_proposal import ProposedPost, build_leaders
from dangwu.sheets.plan.changes import ChangeCollector
from dangwu.sheets.plan.members import plan_members
from dangwu.sheets.read.header_row import parse_mapping
from dangwu.sheets.read.open import ListRequest, open_list_sheet
from dangwu.sheets.read.post_words import COMMITTEE_POSTS, LEADER, read_posts
from dangwu.sheets.read.roster_names import list_name_forms, normalise_name
from dangwu.sheets.read.roster_rows import RosterReader
from dangwu.sheets.read.rows import ImportContext
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.import_sheet import find_faults
from dangwu.workspace.new_record import render_new_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.roster_answers import RosterAnswers
    from dangwu.sheets.read.filled_book import BookRow, BranchBook

BRANCH_PATH = "branch.yaml"
SECRETARY = "secretary"
_NEEDED = {
    "name": (say("Name of the branch"), say('--name "NAME"')),
    "superior": (say("The Party organization above"), say('--superior "NAME"')),
    "founded": (say("Day of founding"), say("--founded DATE")),
    "records_from": (say("Records are kept from"), say("--records-from DATE")),
}


class NewBranchRequest(NamedTuple):
    """The file with the roster, what its workbook and the answers say, and the command that was typed.

    ``facts`` are by the keys of ``BRANCH_FACTS``, days as in records; ``secretary`` is a name.
    """

    name: str
    raw: bytes
    book: BranchBook
    facts: Mapping[str, str]
    as_of: date
    language: str
    secretary: str | None = None
    mapping: Sequence[str] = ()
    tab: str | None = None
    answers: RosterAnswers | None = None
    command: str = ""


class NewBranch(NamedTuple):
    """The records of a new branch by path, and its people; ``plan`` has what was said, and the problems."""

    plan: ImportPlan
    files: Mapping[str, bytes] = {}
    people: tuple[NewMember, ...] = ()


def plan_new_branch(request: NewBranchRequest) -> NewBranch:
    """Return the records with which a branch begins, or every problem that prevents it; nothing is written."""
    missing = tuple(_find_missing_facts(request.facts, request.book.blanks))
    mapping = parse_mapping(request.mapping, MEMBER_COLUMNS)
    listed = ListRequest("members", mapping, request.tab or request.book.roster,
                         also_read=request.book.sheets)  # fmt: skip
    opened = open_list_sheet(request.name, request.raw, listed)
    problems = (*missing, *request.book.problems, *opened.problems)
    columns = opened.header.columns if opened.header else ()
    notes = (*opened.grid.notes, *(opened.header.notes if opened.header else ()))
    plan = ImportPlan("members", opened.grid.title, 0, columns, notes, problems, (), (), command=request.command)
    if opened.header is None or opened.problems:
        return NewBranch(plan)
    reader = RosterReader(opened.grid, opened.header, _build_context(request))
    collector = ChangeCollector(reader)
    first_day = _find_first_day(request)
    for row in request.book.groups:
        collector.proposal.propose_group(row.what, row.since or first_day, row.cell)
    plan_members(collector)
    people = _BranchPeople(collector.new_records, first_day)
    posts = (*collector.proposal.posts, *people.place(request))
    secretaries = {post.member: post.cell for post in posts if post.post == SECRETARY}
    problems = (*problems, *reader.problems, *people.problems, *_find_secretary_problems(secretaries, people))
    plan = plan._replace(rows=reader.read, notes=(*notes, *reader.remarks), troubles=join_problems(problems))
    if problems:
        return NewBranch(plan)
    branch = _build_branch(request, collector, posts)
    return _render(request, plan, {BRANCH_PATH: branch, **collector.new_records})


def _find_missing_facts(facts: Mapping[str, str], blanks: Mapping[str, str]) -> Iterator[SheetProblem]:
    """Yield one problem with all facts that are missing, at the cells that are left blank for them."""
    absent = [key for key in _NEEDED if facts.get(key) is None]
    missing, cells = [_NEEDED[key] for key in absent], [blanks[key] for key in absent if key in blanks]
    if missing:
        fields, options = tuple(title for title, _ in missing), tuple(option for _, option in missing)
        hint = say("Write it: {options}", options=options)
        message = say("What branch.yaml needs is missing: {fields}.", fields=fields)
        first, *others = cells or [""]
        yield SheetProblem(first, message, hint, options, tuple(others), "", ("",) * len(others))


def _find_first_day(request: NewBranchRequest) -> str:
    facts = request.facts
    return max(facts.get("records_from") or "", facts.get("founded") or "") or request.as_of.isoformat()


def _build_context(request: NewBranchRequest) -> ImportContext:
    """Return what is known before there is a record: a branch with its days and without people."""
    words = (request.facts.get("name") or PLACEHOLDER, request.facts.get("superior") or PLACEHOLDER)
    name, superior = (Bilingual(word, word) for word in words)
    founded, kept = (_parse_fact_day(request, key) for key in ("founded", "records_from"))
    branch = Branch(BRANCH_PATH, name, superior, founded or request.as_of, records_from=kept)
    codes = [column for column in MEMBER_COLUMNS if column.form is CellType.CODE]
    return ImportContext(
        corpus=Corpus(branch=branch),
        columns=MEMBER_COLUMNS,
        words={column.key: find_column_codes(column, resources.load_schema, load_kinds()) for column in codes},
        as_of=request.as_of,
        paths=frozenset(),
        answers=request.answers,
    )


def _parse_fact_day(request: NewBranchRequest, key: str) -> date | None:
    return date.fromisoformat(request.facts[key]) if request.facts.get(key) else None


class _BranchPeople:
    """The people of a roster by name, for the committee and the groups of the workbook; collects unknown names."""

    def __init__(self, records: Mapping[str, Mapping[str, Any]], first_day: str) -> None:
        self._first_day = first_day
        self.problems: list[SheetProblem] = []
        self._by_name: dict[str, list[Mapping[str, Any]]] = {}
        for record in records.values():
            self._by_name.setdefault(normalise_name(record["name"]), []).append(record)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order of the roster."""
        return tuple(str(person["name"]) for people in self._by_name.values() for person in people)

    def place(self, request: NewBranchRequest) -> tuple[ProposedPost, ...]:
        """Return the posts that the workbook gives to people of the roster; who was named secretary is so instead."""
        rows = request.book.posts
        if request.secretary is not None:
            rows = tuple(row for row in rows if read_posts(row.what).codes != (SECRETARY,))
        posts = [post for row in rows for post in self._place_row(row)]
        if request.secretary is not None:
            row = _SecretaryRow(SECRETARY, request.secretary, None, "")
            posts += self._place_row(row)
        for group in request.book.groups:
            if group.who:
                self.find(group.who, group.cell)
        return tuple(posts)

    def _place_row(self, row: BookRow | _SecretaryRow) -> Iterator[ProposedPost]:
        words = read_posts(row.what)
        codes = [code for code in words.codes if code != LEADER]
        if not codes:
            hint = say("Posts are: 书记, 副书记, 组织委员, 宣传委员, 纪检委员, 支部委员.")
            message = say("“{text}” is no post of a branch.", text=row.what)
            self.problems.append(SheetProblem(row.cell, message, hint, found=row.what))
        person = self.find(row.who, row.cell)
        for code in codes:
            if person is not None:
                here = str(person["status"][0]["from"])
                yield ProposedPost(code, person["id"], person["name"], row.cell, here, row.since)

    def find(self, name: str, cell: str) -> Mapping[str, Any] | None:
        """Return the person with a name; note a problem where the roster has none or several."""
        people = next((self._by_name[form] for form in list_name_forms(name) if form in self._by_name), [])
        if len(people) == 1:
            return people[0]
        near = tuple(get_close_matches(name, self.names, cutoff=0.5))
        hint = say("Did you mean {near}?", near=near) if near else say("Write the name as the roster has it.")
        message = say("The roster has nobody called {name}.", name=name)
        if people:
            message = say("Several people are called {name}.", name=name)
            hint = say("Tell them apart in the roster, as in 张伟（大）, and write that name here.")
        self.problems.append(SheetProblem(cell, message, hint, found=name))
        return None


class _SecretaryRow(NamedTuple):
    what: str
    who: str
    since: str | None
    cell: str


def _find_secretary_problems(secretaries: Mapping[str, str], people: _BranchPeople) -> Iterator[SheetProblem]:
    """Yield the problem of several secretaries, by id with the cells that say so, or of none."""
    option = say('--secretary "NAME"')
    if len(secretaries) > 1:
        message = say("Several people are written down as secretary: {ids}.", ids=tuple(sorted(secretaries)))
        first, *others = (cell for _, cell in sorted(secretaries.items()))
        found = ("",) * len(others)
        yield SheetProblem(first, message, say("Leave one of them."), (), tuple(others), "", found)
    elif not secretaries and people.names and not people.problems:
        message = say("Nobody is written down as secretary.")
        yield SheetProblem("", message, say("Say who it is: {option}", option=option), (option,))


def _build_branch(
    request: NewBranchRequest, collector: ChangeCollector, posts: Sequence[ProposedPost]
) -> dict[str, Any]:
    """Return the data of branch.yaml: one term with the posts, and the groups with their leaders."""
    facts, first_day = request.facts, _find_first_day(request)
    held: dict[tuple[str, str], ProposedPost] = {}
    for post in posts:
        if post.post != LEADER:
            known = held.setdefault((post.post, post.member), post)
            held[(post.post, post.member)] = known._replace(since=known.since or post.since)
    begun = facts.get("term_from") or min([post.since for post in held.values() if post.since] + [first_day])
    rows = [
        {"post": post.post, "member": post.member, "from": max(post.since or begun, begun, post.here)}
        for post in held.values()
    ]
    return {
        "schema": 1,
        "kind": "branch",
        "name": facts["name"],
        "superior": facts["superior"],
        "founded": facts["founded"],
        "records_from": facts["records_from"],
        "language": request.language,
        "terms": [
            {"from": begun, "committee": any(row["post"] in COMMITTEE_POSTS for row in rows), "posts": rows},
        ],
        "groups": _build_groups(request, collector, posts),
    }


def _build_groups(
    request: NewBranchRequest, collector: ChangeCollector, posts: Sequence[ProposedPost]
) -> list[dict[str, Any]]:
    """Return the groups; the leaders of the workbook first, then those that the roster names."""
    people = _BranchPeople(collector.new_records, "")
    groups = []
    for group in collector.proposal.groups.values():
        leaders = build_leaders(group, posts)
        for row in request.book.groups:
            person = people.find(row.who, row.cell) if row.who and row.cell == group.cell else None
            if person is not None and all(leader["member"] != person["id"] for leader in leaders):
                here = str(person["status"][0]["from"])
                leaders.append({"member": person["id"], "from": max(group.since, here)})
        groups.append({"id": group.id, "name": group.name, "from": group.since, "leaders": leaders})
    return groups


def _render(request: NewBranchRequest, plan: ImportPlan, records: Mapping[str, dict[str, Any]]) -> NewBranch:
    """Return the texts of the records, each read again and judged by its schema."""
    files = {path: render_new_record(data, path, request.language).encode() for path, data in records.items()}
    problems = [fault for path, data in records.items() for fault in find_faults(path, files[path], data, plan)]
    if problems:
        return NewBranch(plan._replace(troubles=join_problems(problems)))
    return NewBranch(plan, files, tuple(_describe_people(records)))


def _describe_people(records: Mapping[str, dict[str, Any]]) -> Iterator[NewMember]:
    branch = records[BRANCH_PATH]
    groups = {group["id"]: group["name"] for group in branch["groups"]}
    leaders = {leader["member"] for group in branch["groups"] for leader in group["leaders"]}
    for path, data in records.items():
        if path != BRANCH_PATH:
            id_ = data["id"]
            posts = [row["post"] for row in branch["terms"][0]["posts"] if row["member"] == id_]
            group = data["groups"][0]["group"] if data.get("groups") else ""
            posts += [LEADER] if id_ in leaders else []
            yield NewMember(id_, data["name"], data["status"][0]["status"], groups.get(group, ""), tuple(posts))
