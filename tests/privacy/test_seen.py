"""What of findings and duties an audience sees, and in which words."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from dangwu.model.audience import Audience
from dangwu.model.duty import Duty, DutyState
from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity, Source
from dangwu.model.message import Bilingual, say
from dangwu.model.period import Period
from dangwu.privacy import views
from dangwu.privacy.redact_findings import redact_findings
from dangwu.privacy.viewer import Viewer
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_file
from tests.support.changed import good, laid
from tests.support.examples import AS_OF, BASE
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.workspace.workspace import Workspace

MEETING = "meetings/2026/2026-03-27-general-meeting.md"
COMMITTEE = "meetings/2026/2026-03-05-committee-meeting.md"
LETTER = "supervision/2026/letter-l001.yaml"


@cache
def workspace() -> Workspace:
    return load_workspace(MemoryTree(laid(BASE)))


def viewer(audience: Audience) -> Viewer:
    return Viewer(audience=audience, as_of=AS_OF, kinds=load_kinds(), corpus=workspace().corpus)


def finding(path: str, *, subject: str | None = None, clause: str | None = "3.5", **arguments: object) -> Finding:
    code = FindingCode("DW399", "some-code", Severity.ERROR, say("Some title"), clause)
    return Finding(code, Source(path), say("{said}", **{"said": "", **arguments}), subject=subject)  # type: ignore[arg-type]


def seen(found: Finding, audience: Audience) -> list[Finding]:
    return list(redact_findings([found], viewer(audience)))


@pytest.mark.parametrize(
    ("found", "personal"),
    [
        (finding(MEETING), False),
        (finding(MEETING, subject="g1"), False),
        (finding(MEETING, subject="m001"), True),
        (finding("members/m001.yaml"), True),
        (finding(MEETING, clause="10.1(5)"), True),
        (finding(MEETING, clause=None), False),
    ],
)
def test_a_finding_about_one_person_is_for_the_committee(found: Finding, *, personal: bool) -> None:
    assert seen(found, Audience.COMMITTEE) == [found]
    assert [finding.code for finding in seen(found, Audience.MEMBERS)] == ([] if personal else [found.code])


def test_a_finding_is_seen_where_its_file_is() -> None:
    assert seen(finding(COMMITTEE), Audience.MEMBERS) == []
    assert seen(finding(LETTER), Audience.COMMITTEE) == []
    assert len(seen(finding(LETTER), Audience.HANDLERS)) == 1


def test_places_that_an_audience_does_not_see_are_left_out() -> None:
    related = tuple(RelatedPlace(Source(path), say("see there")) for path in (MEETING, COMMITTEE))
    found = finding(MEETING)._replace(related=related)
    assert [place.source.path for place in seen(found, Audience.MEMBERS)[0].related] == [MEETING]
    assert len(seen(found, Audience.COMMITTEE)[0].related) == 2


@pytest.mark.parametrize(
    ("subject", "shown"), [(None, None), ("replied_on", "replied_on"), ("m003", None), ("葛云栖", None)]
)
def test_a_finding_in_a_confidential_file_quotes_nothing(subject: str | None, shown: str | None) -> None:
    """Words of the schema that the path fits are no quotation, also where the file does not name its kind."""
    found = finding(LETTER, subject=subject, said="replied_on", quoted="葛云栖")
    found = found._replace(message=say("{said} {quoted}", said="replied_on", quoted="葛云栖"))
    quoting, plain = say("see {quoted}", quoted="葛云栖"), say("see {field}", field="replied_on")
    (told,) = seen(found._replace(hint=quoting), Audience.HANDLERS)
    assert dict(told.message.arguments) == {"said": "replied_on", "quoted": "…"}
    assert (told.subject, told.hint) == (shown, None)
    assert seen(found._replace(hint=plain), Audience.HANDLERS)[0].hint == plain


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        (MEETING, False),
        ("meetings/2026/2026-06-24-themed-party-day.md", False),
        ("trainings/2026/2026-05-11-members.yaml", False),
        ("plans/2026/annual.yaml", True),
        ("rules/lecture.yaml", True),
        ("inspections/2026/2026-06-10-facility-check.yaml", True),
        ("supervision/2025/duty-report-m006.yaml", True),
    ],
)
def test_of_what_members_see_as_counts_nothing_is_quoted_to_them(path: str, *, quoted: bool) -> None:
    """That is meetings and trainings."""
    (told,) = seen(finding(path, said="沈怀远"), Audience.MEMBERS)
    assert dict(told.message.arguments) == {"said": "沈怀远" if quoted else "…"}
    (whole,) = seen(finding(path, said="沈怀远"), Audience.COMMITTEE)
    assert dict(whole.message.arguments) == {"said": "沈怀远"}


@pytest.mark.parametrize(
    ("audience", "basis", "hidden"),
    [
        (Audience.PUBLIC, False, ["沈怀远", "m003", "葛云栖"]),
        (Audience.EMPLOYEES, False, ["沈怀远", "m003", "葛云栖"]),
        (Audience.EMPLOYEES, True, ["葛云栖"]),
        (Audience.MEMBERS, False, ["葛云栖"]),
        (Audience.MEMBERS, True, ["葛云栖"]),
        (Audience.COMMITTEE, False, []),
    ],
)
def test_whom_a_disclosure_may_name(audience: Audience, *, basis: bool, hidden: list[str]) -> None:
    """Names and ids alike; whoever is only known as a complainant is named to nobody below the committee."""
    complainant = "schema: 1\nkind: complainant\nid: p001\nletter: l001\nname: 葛云栖\ncontact: 0571-6650-2233\n"
    see = seen_by(audience, {"complainants/p001.yaml": complainant})
    pattern = see.find_hidden_names({"basis": "本人同意"} if basis else {})
    found = [match.group() for match in pattern.find("沈怀远、m003、葛云栖")] if pattern else []
    assert found == hidden


def test_words_of_another_kind_are_quotations_in_a_confidential_file() -> None:
    known = viewer(Audience.HANDLERS).list_known_words(LETTER)
    assert {LETTER, "letter", "replied_on"} <= known
    assert "assessed" not in known


def duty(clause: str, subject: str | None, period: str = "2026", audience: Audience = Audience.MEMBERS) -> Duty:
    return Duty(
        clause=clause,
        system=int(clause.partition(".")[0]),
        title=Bilingual("某事", "Something"),
        period=Period.parse(period),
        subject=subject,
        opens=AS_OF,
        due=AS_OF,
        count=1,
        state=DutyState.OPEN,
        what="说明",
        audience=audience,
    )


def subjects(audience: Audience, *duties: Duty) -> list[tuple[str | None, str | None]]:
    redacted = views.redact_duties(duties, load_default_rulebook(), viewer(audience))
    return [(duty.subject, duty.what) for duty in redacted]


def test_a_duty_that_follows_from_a_record_out_of_sight_gets_a_running_number() -> None:
    shown, hidden = "2026-03-27-general-meeting-r1", "2026-03-05-committee-meeting-r1"
    duties = [duty("8.2(1)", subject) for subject in (shown, hidden, "unknown")]
    duties += [duty("8.2(1)", hidden, "2025"), duty("8.5", hidden), duty("3.1", "g1")]
    numbered = [("1", None), ("2", None), ("1", None), ("1", None)]
    assert subjects(Audience.MEMBERS, *duties) == [(shown, None), *numbered, ("g1", "说明")]
    assert subjects(Audience.COMMITTEE, *duties) == [(one.subject, "说明") for one in duties]
    assert subjects(Audience.EMPLOYEES, *duties) == [("1", None), ("2", None), ("3", None), *numbered[2:]]


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("2026-03-27-general-meeting", True),
        ("2026-03-27-general-meeting-1", True),
        ("2026-03-27-general-meeting-r1-2", True),
        ("2026-03-27-general-meetings-1", False),
        ("2026-03-27-general", False),
    ],
)
def test_a_duty_follows_from_the_record_whose_id_its_subject_begins_with(subject: str, *, kept: bool) -> None:
    """Whole parts of the id count."""
    (shown,) = subjects(Audience.MEMBERS, duty("8.2(1)", subject))
    assert shown[0] == (subject if kept else "1")


def test_duties_are_seen_by_their_audience() -> None:
    handlers = duty("9.2(7)", "l001", audience=Audience.HANDLERS)
    assert subjects(Audience.HANDLERS, handlers) == [("l001", "说明")]
    assert subjects(Audience.COMMITTEE, handlers) == []
    assert subjects(Audience.MEMBERS, handlers) == []
    assert subjects(Audience.EMPLOYEES, duty("3.1", "g1"), duty("8.2(1)", None, audience=Audience.COMMITTEE)) == []


def test_a_file_that_fits_no_kind_has_the_audience_of_its_folder() -> None:
    """The narrowest of the kinds that stand there; what stands nowhere is for the committee."""
    see = viewer(Audience.HANDLERS)
    audiences = {
        "meetings/2026/notes.txt": Audience.COMMITTEE,
        "supervision/2026/notes.txt": Audience.HANDLERS,
        "complainants/notes.txt": Audience.SEALED,
        "trainings/notes.txt": Audience.MEMBERS,
        "notes.txt": Audience.COMMITTEE,
        "elsewhere/members/m001.yaml": Audience.COMMITTEE,
        MEETING: Audience.MEMBERS,
    }
    assert {path: see.find_audience(path) for path in audiences} == audiences


def test_a_disclosure_is_seen_by_its_scope_from_publication_on() -> None:
    text = """schema: 1
kind: disclosure
date: 2026-04-03
class: 1
matter: 党员责任区方案
content: 按岗位划分责任区
timing: temporary
scope: {scope}
form: notice
secrecy_check: {{by: m004, date: 2026-04-01}}
approved_by: m001
approved_on: 2026-04-02
"""
    path = "disclosures/2026/2026-04-03-zeren-qu.yaml"
    scopes = {"society": Audience.PUBLIC, "employees": Audience.EMPLOYEES, "members": Audience.MEMBERS}
    for scope, audience in scopes.items():
        corpus = load_workspace(MemoryTree({**laid(BASE), path: text.format(scope=scope)})).corpus
        for day, expected in ((date(2026, 4, 2), Audience.COMMITTEE), (date(2026, 4, 3), audience)):
            see = Viewer(audience=Audience.PUBLIC, as_of=day, kinds=load_kinds(), corpus=corpus)
            assert see.find_audience(path) is expected


def seen_by(audience: Audience, files: dict[str, str]) -> Viewer:
    corpus = load_workspace(MemoryTree({**laid(BASE), **files})).corpus
    return Viewer(audience=audience, as_of=AS_OF, kinds=load_kinds(), corpus=corpus)


def test_paths_without_their_names_stay_apart() -> None:
    """Whoever sees no names sees no two files as one, and none as another that has that name already."""
    named = [f"plans/2026/{name}.yaml" for name in ("沈怀远", "许㛃", "陆文静")]
    files = dict.fromkeys(named, "broken: [")
    sight = seen_by(Audience.EMPLOYEES, files)
    assert [sight.told(path) for path in sorted(named)] == [f"plans/2026/某某{end}.yaml" for end in ("", "-2", "-3")]
    taken = seen_by(Audience.EMPLOYEES, {**files, "plans/2026/某某-2.yaml": "broken: ["})
    assert [taken.told(path) for path in sorted(named)] == [f"plans/2026/某某{end}.yaml" for end in ("", "-3", "-4")]
    assert taken.told("plans/2026/某某-2.yaml") == "plans/2026/某某-2.yaml"
    members = seen_by(Audience.MEMBERS, files)
    assert [members.told(path) for path in named] == named


def test_of_those_commended_employees_see_the_form_only() -> None:
    path = "summaries/2026/excellence.md"
    files = {path: good("DW817", path)}
    told = {}
    for audience in (Audience.EMPLOYEES, Audience.MEMBERS):
        records = views.redact_corpus(seen_by(audience, files)).generic_records
        (told[audience],) = (record.data["commended"] for record in records if record.path == path)
    forms = ["优秀共产党员，颁发证书", "党员先锋岗"]
    assert told[Audience.EMPLOYEES] == [{"form": form} for form in forms]
    whole = [{"who": who, "form": form} for who, form in zip(("m006", "装配二班"), forms, strict=True)]
    assert told[Audience.MEMBERS] == whole


def test_of_a_member_the_others_see_the_name_and_the_last_group() -> None:
    path = "members/m006.yaml"
    first = "  - {from: 2024-04-01, group: g1}\n"
    moved = f"{first}  - {{from: 2025-01-01, group: null}}\n  - {{from: 2026-01-01, group: g2}}\n"
    files = {path: base_file(path).decode().replace(first, moved)}
    members = views.redact_corpus(seen_by(Audience.MEMBERS, files)).members
    (member,) = (member for member in members if member.id == "m006")
    assert (member.name, member.standings, member.exemptions) == ("许㛃", (), ())
    assert [(group, span.start) for group, span in member.groups] == [("g2", date(2026, 1, 1))]
    assert views.redact_corpus(seen_by(Audience.EMPLOYEES, files)).members == ()


def test_of_a_meeting_members_see_the_hours_and_no_other_field_of_its_kind() -> None:
    path = "meetings/2026/2026-05-22-study-session.md"
    files = {path: good("DW952", path)}
    whole = seen_by(Audience.MEMBERS, files)
    data = next(meeting.data for meeting in whole.corpus.meetings if meeting.path == path)
    assert {"hours"} < data.keys()
    (shown,) = (meeting for meeting in views.redact_corpus(whole).meetings if meeting.path == path)
    assert shown.data == {"hours": data["hours"]}
    assert (shown.place, shown.chair, shown.recorder, shown.present) == ("", "", "", ())


@pytest.mark.parametrize(
    ("path", "members", "committee"),
    [
        (MEETING, False, True),
        ("members/m001.yaml", False, True),
        ("branch.yaml", False, True),
        ("plans/2026/annual.yaml", True, True),
        (COMMITTEE, False, True),
        (LETTER, False, False),
        ("plans/2026/none.yaml", False, False),
    ],
)
def test_of_which_records_the_fields_are_shown(path: str, *, members: bool, committee: bool) -> None:
    """Members see of the branch, members and meetings what is made of them, and of plans the fields."""
    files = {LETTER: good("DW892", LETTER), "plans/2026/annual.yaml": good("DW812", "plans/2026/annual.yaml")}
    for audience, shown in ((Audience.MEMBERS, members), (Audience.COMMITTEE, committee)):
        assert bool(views.redact_fields(path, seen_by(audience, files))) is shown


@pytest.mark.parametrize(
    ("audience", "basis", "content"),
    [
        (Audience.EMPLOYEES, "", "由某某负责"),
        (Audience.EMPLOYEES, "basis: 本人同意\n", "由沈怀远负责"),
        (Audience.MEMBERS, "", "由沈怀远负责"),
    ],
)
def test_what_a_disclosure_tells_outsiders_names_nobody_without_a_basis(
    audience: Audience, basis: str, content: str
) -> None:
    path = "disclosures/2026/2026-04-03-zeren-qu.yaml"
    text = good("DW886", path)
    line = next(row for row in text.split("\n") if row.startswith("content: "))
    scope = next(row for row in text.split("\n") if row.startswith("scope: "))
    text = text.replace(line, "content: 由沈怀远负责").replace(scope, "scope: employees").replace("basis:", "# basis:")
    records = views.redact_corpus(seen_by(audience, {path: text + basis})).generic_records
    (told,) = (record.data for record in records if record.kind == "disclosure")
    assert told["content"] == content
    assert told["matter"]
    assert ("approved_by" in told) is (audience is Audience.MEMBERS)
