"""Very many findings: fewer are kept, and every number that is added up stays true."""

from __future__ import annotations

from dangwu.formats.code_frame import MOST_SHOWN, render_findings_text
from dangwu.language import load_language
from dangwu.model.finding import Finding, Severity, Source
from dangwu.model.finding_list import FindingList, count_findings
from dangwu.pages.findings import MOST_LISTED, build_finding_blocks
from dangwu.pages.page import Items, Paragraph
from tests.support import values
from tests.support.change import replace

EN, ZH = load_language("en"), load_language("zh")


def _findings(files: int, each: int) -> list[Finding]:
    one = values.findings()[0]
    places = [Source(f"members/m{number:05d}.yaml", (), line) for number in range(files) for line in range(1, each + 1)]
    return [replace(one, source=place) for place in places]


def test_few_findings_are_kept_one_by_one() -> None:
    findings = _findings(3, 4)
    assert list(FindingList(findings, most=12)) == findings


def test_of_too_many_one_for_each_file_and_code_stands_for_the_others() -> None:
    found = list(FindingList(_findings(3, 4), most=11))
    assert [finding.source.path for finding in found] == [f"members/m0000{number}.yaml" for number in range(3)]
    assert [finding.more for finding in found] == [3, 3, 3]
    assert count_findings(found) == 12


def test_what_has_been_shortened_stays_so_and_counts_as_before() -> None:
    found = list(FindingList(_findings(3, 4), most=0))
    assert list(FindingList(found)) == found
    assert count_findings(FindingList([*found, *_findings(2, 1)])) == 14


def test_findings_of_two_codes_in_a_file_stay_two() -> None:
    one, *_ = values.findings()
    other = replace(one, code=one.code._replace(id="DW999", severity=Severity.NOTE))
    found = list(FindingList([one, other, one, other, other], most=0))
    assert [(finding.code.id, finding.more) for finding in found] == [(one.code.id, 1), ("DW999", 2)]


def test_the_next_step_says_how_many_are_not_listed() -> None:
    (found,) = FindingList(_findings(1, 30), most=0)
    assert found.next_step is not None
    assert "29" in EN.text(found.next_step)
    assert "29" in ZH.text(found.next_step)


def test_text_ends_with_the_number_that_is_not_printed() -> None:
    findings = tuple(_findings(MOST_SHOWN + 7, 1))
    checked = replace(values.checked(), findings=findings, accepted=())
    shown = render_findings_text(checked, EN, lambda _: None, 80)
    assert shown.count("members/") == MOST_SHOWN
    assert "Not printed: 7 more findings." in shown
    assert str(len(findings)) in shown.rsplit("\n", 1)[-1]
    whole = render_findings_text(replace(checked, findings=findings[:MOST_SHOWN]), EN, lambda _: None, 80)
    assert "Not printed" not in whole


def test_a_page_lists_a_number_of_findings_and_says_how_many_more_there_are() -> None:
    blocks = list(build_finding_blocks(_findings(MOST_LISTED + 5, 1), EN))
    items = next(block for block in blocks if isinstance(block, Items))
    assert len(items.items) == MOST_LISTED
    assert any(isinstance(block, Paragraph) and "5 more" in block.text for block in blocks)
