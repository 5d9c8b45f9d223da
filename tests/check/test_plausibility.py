"""Which names of branches are taken for another's, and which persons a disclosure names."""

from __future__ import annotations

from datetime import date

import pytest

from dangwu.check import disclosures, plausibility
from dangwu.check.context import Context
from dangwu.facts.other_branches import find_other_branches
from dangwu.facts.text_similarity import split_units
from dangwu.model.corpus import Corpus
from dangwu.model.message import Bilingual
from dangwu.model.record import Branch, GenericRecord, Member
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from tests.support.changed import changed, found, marks
from tests.support.examples import check, overlay

OURS = Branch(
    path="branch.yaml",
    name=Bilingual("中共青禾精工有限公司党支部", "Party Branch of Qinghe Precision Works Co., Ltd."),
    superior=Bilingual("云栖镇党委", "Yunqi Town Party Committee"),
    founded=date(2024, 3, 1),
)
GENERIC = (
    "党支部研究了三月的安排。",
    "本支部、我支部、各党支部都要落实。",
    "公司党支部和兄弟单位的其他党支部。",
    "会议要求公司党支部认真落实，机关党支部配合。",
    "镇党委要求学校党支部、全市各社区党支部、每个村党支部报送材料。",
    "与会党员认为党支部应当带头。",
    "我们电子党支部，该机械党支部，各科技党支部。",
    "青禾精工党支部召开大会。",
    "会议听取青禾精工有限公司党支部的报告。",
    "中共青禾精工公司党支部。",
    "学习《云溪电子有限公司党支部工作法》。",
    "The Party Branch met; our Party Branch and every Village Party Branch agreed.",
    "Qinghe Party Branch. The Party Branch of Qinghe Precision Works reported. The General Party Branch too.",
)
NAMED = (
    ("云溪电子党支部召开大会。", "…云溪电子党支部"),
    ("会议由云溪电子有限公司党支部书记主持。", "…云溪电子有限公司党支部"),
    ("白杨精工党总支三月开会。", "…白杨精工党总支"),
    ("组织生活按云栖镇白杨村党支部的安排进行。", "…活按云栖镇白杨村党支部"),
    ("The Yunxi Electronics Party Branch held its meeting.", "The Yunxi Electronics Party Branch"),
    ("Minutes of the Party Branch of Yunxi Electronics", "Party Branch of Yunxi Electronics"),
)


@pytest.mark.parametrize("text", GENERIC)
def test_general_words_and_own_names_are_no_other_branch(text: str) -> None:
    assert list(find_other_branches(OURS, text)) == []


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_proper_names_are_found_where_they_stand(text: str, name: str) -> None:
    ((start, said),) = find_other_branches(OURS, f"照常。\n{text}")
    assert said == name
    assert f"照常。\n{text}"[start:].startswith(name.removeprefix("…"))


@pytest.mark.parametrize(
    ("own", "text", "other"),
    [
        ("青禾精工", "白禾精工党支部开会。", False),
        ("青禾精工", "白杨精工党支部开会。", True),
        ("青禾", "新青禾有限公司党支部开会。", False),
        ("青禾", "白禾有限公司党支部开会。", True),
    ],
)
def test_how_much_of_the_end_of_a_name_makes_it_our_own(own: str, text: str, *, other: bool) -> None:
    """One character before the word of the trade, or two where there is none: where a name begins is unknown."""
    ours = OURS._replace(name=Bilingual(f"中共{own}有限公司党支部", "Ours"))
    assert bool(list(find_other_branches(ours, text))) is other


@pytest.mark.parametrize(
    "text",
    [
        "会" * 200_000 + "党支部" * 20_000,
        "党支部" + "《" * 300_000,
        "A-" * 300_000 + "Party Branch",
        "A" + "\t" * 300_000,
    ],
    ids=["one run", "titles never closed", "one word", "blanks"],
)
def test_a_long_text_stays_cheap(text: str) -> None:
    assert len(list(find_other_branches(OURS, f"党支部{text}"))) <= 1
    assert len(split_units(text)) <= len(text)


def test_the_place_is_the_line_in_the_body() -> None:
    findings = check(overlay("DW953", "bad")).findings
    path = overlay("DW953", "bad") / findings[0].source.path
    line = path.read_text(encoding="utf-8").split("\n")[findings[0].source.line - 1]
    assert line[findings[0].source.column - 1 :].startswith("云溪电子党支部")


def test_the_place_counts_the_lines_of_a_comment_that_stands_before_it() -> None:
    bad = overlay("DW953", "bad") / "meetings/2026/2026-06-11-group-meeting-g1.md"
    text = bad.read_text(encoding="utf-8").replace("\n组长传达", "\n<!-- 两行\n说明 -->\n组长传达")
    (finding,) = found({"meetings/2026/2026-06-11-group-meeting-g1.md": text}, code="DW953")
    line = text.split("\n")[finding.source.line - 1]
    assert line[finding.source.column - 1 :].startswith("云溪电子党支部")


@pytest.mark.parametrize("before", ["", "\n", "\n\n", "照常。", "照常。\n", "照常。\n\n这一天，"])
@pytest.mark.parametrize("heading", ["## 会议内容", "", "## 会议内容\n\n照旧。\n\n## 其他"])
def test_the_place_is_the_name_wherever_it_stands(heading: str, before: str) -> None:
    path = "meetings/2026/2026-06-11-group-meeting-g1.md"
    head = (overlay("DW953", "bad") / path).read_text(encoding="utf-8").partition("\n---\n")[0]
    other = "云溪电子党支部召开大会。"
    text = f"{head}\n---\n{heading}\n{before}{other}\n"
    (mark,) = marks("DW953", {path: text})
    (line,) = (number for number, words in enumerate(text.split("\n"), 1) if "云溪电子党支部" in words)
    assert mark == f"{line}: {other}"


@pytest.mark.parametrize(("published", "count"), [("2026-05-21", 0), ("2026-05-22", 0), ("2026-05-23", 1)])
def test_a_document_may_be_studied_on_the_day_of_its_publication(published: str, count: int) -> None:
    session = "meetings/2026/2026-05-22-study-session.md"
    files = changed("DW952", session, ("published: 2026-05-12", f"published: {published}"))
    assert len(found(files, code="DW952")) == count


@pytest.mark.parametrize(
    ("before", "passed_over"), [("与" * 9, True), ("与" * 300, True), ("与" * 301, False), ("。" + "与" * 9, False)]
)
def test_a_word_of_joint_work_counts_in_the_same_sentence_and_not_far_away(before: str, *, passed_over: bool) -> None:
    bad = overlay("DW953", "bad") / "meetings/2026/2026-06-11-group-meeting-g1.md"
    text = bad.read_text(encoding="utf-8").replace("\n组长传达支部六月工作安排，", f"\n共建{before}")
    files = {"meetings/2026/2026-06-11-group-meeting-g1.md": text}
    assert (found(files, code="DW953") == ()) is passed_over


def item(**data: object) -> GenericRecord:
    told = {"scope": "employees", "matter": "党费", "content": "收缴情况", **data}
    return GenericRecord("disclosures/2026/2026-04-03-a.yaml", "disclosure", "2026-04-03-a", told, date(2026, 4, 3))


def named(*members: str, **data: object) -> list[str]:
    people = tuple(Member(f"members/{id_}.yaml", id_, name, ()) for id_, _, name in (x.partition(":") for x in members))
    corpus = Corpus(branch=OURS, members=people, generic_records=(item(**data),))
    judged = Context(corpus=corpus, as_of=date(2026, 6, 30), rulebook=load_default_rulebook(), kinds=load_kinds())
    return sorted(str(each.subject) for each in disclosures.check_named_people(judged))


def test_whose_name_is_told() -> None:
    assert named("m001:沈怀远", content="由沈怀远负责") == ["m001"]
    assert named("m001:沈怀远", content="由党支部书记负责") == []
    assert named("m001:王建", "m002:王建国", content="王建国已转正") == ["m002"]
    assert named("m001:王建", "m002:王建国", matter="王建、王建国转正") == ["m001", "m002"]
    assert named("m001:沈怀远", content="见 m001，不是 m0012，也不是 xm001") == ["m001"]
    assert named("m001:沈怀远", content="m0012、xm001") == []
    assert named("anna:Anna Lee", content="anna annals, Anna Leeds") == []
    assert named("anna:Anna Lee", content="told by Anna Lee.") == ["anna"]
    assert named("m001:青禾", content="青禾精工有限公司党支部公布：共十人") == ["m001"]
    assert named("m001:青禾", content="中共青禾精工有限公司党支部公布：共十人") == []
    assert named("m001:沈", content="沈") == []
    assert named("m001:A李", content="由A李负责") == ["m001"]
    assert named("m001:A李", content="由BA李负责") == []


def test_members_may_be_told_names_and_a_basis_allows_them() -> None:
    assert named("m001:沈怀远", content="由沈怀远负责", scope="members") == []
    assert named("m001:沈怀远", content="由沈怀远负责", basis="本人书面同意") == []


def test_the_codes_of_this_file_stay_errors_where_records_contradict() -> None:
    assert plausibility.STUDIED_BEFORE_PUBLISHED.severity.value == "error"
    assert plausibility.OTHER_UNIT.severity.value == "warning"
