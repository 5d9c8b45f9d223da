"""Every code has a page in both languages, every code of a check a bad and a good example, and they hold what they say.

What the codes of the audit find is shown by tests/histories.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dangwu.data import resources
from dangwu.language import LANGUAGES, load_language
from dangwu.model.finding import Severity
from dangwu.workspace.code_list import list_audit_codes, list_check_codes, list_codes
from tests.support.examples import EXAMPLES, also, check, overlay, texts

if TYPE_CHECKING:
    from dangwu.model.finding import Finding, FindingCode

CODES = list_codes()
CHECKS = list_check_codes()
UNACCEPTABLE = ("DW0", "DW1", "DW704")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"\{[a-z_]*\}")

every_code = pytest.mark.parametrize("code", CODES, ids=lambda code: str(code.id))
every_check = pytest.mark.parametrize("code", CHECKS, ids=lambda code: str(code.id))
every_audit = pytest.mark.parametrize("code", list_audit_codes(), ids=lambda code: str(code.id))
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def page(code: FindingCode, lang: str) -> str:
    raw = resources.read_package_file(f"codes/{lang}/{code.id}.md")
    assert raw is not None, f"no page {lang}/{code.id}"
    return raw.decode()


def blocks(code: FindingCode, lang: str) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _BLOCK.finditer(page(code, lang))]


def sections(text: str) -> list[str]:
    return re.findall(r"^## (.+)$", _BLOCK.sub("", text), re.MULTILINE)


def own(findings: tuple[Finding, ...], code: FindingCode) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def test_the_base_is_clean() -> None:
    checked = check()
    assert checked.findings == ()
    assert checked.records > 15


def test_no_example_is_orphaned() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.is_dir()} == {code.id for code in CHECKS} | {"base"}


@every_language
def test_no_page_is_orphaned(lang: str) -> None:
    assert {path for path, _ in resources.read_package_files(f"codes/{lang}")} == {f"{code.id}.md" for code in CODES}


@every_check
def test_bad_yields_its_code(code: FindingCode) -> None:
    layer = overlay(code.id, "bad")
    findings = check(layer).findings
    assert {finding.code.id for finding in findings} == {code.id} | also(layer)
    for finding in own(findings, code):
        assert finding.source.line > 0
        assert finding.source.column > 0
        assert finding.source.path
        for each in finding.related:
            assert each.source.line > 0


@every_check
@every_language
def test_messages_are_whole_sentences(code: FindingCode, lang: str) -> None:
    speak = load_language(lang)
    for finding in own(check(overlay(code.id, "bad")).findings, code):
        said = [speak.text(finding.message), *(speak.text(each.message) for each in finding.related)]
        said += [speak.text(finding.hint)] if finding.hint else []
        for sentence in said:
            assert sentence.strip()
            assert not _BLANK.search(sentence)


@every_check
def test_good_is_clean(code: FindingCode) -> None:
    assert overlay(code.id, "good").is_dir()
    assert check(overlay(code.id, "good")).findings == ()


@every_code
@every_language
def test_page_has_its_form(code: FindingCode, lang: str) -> None:
    text = page(code, lang)
    assert text.partition("\n")[0] == f"# {code.id} {code.name} — {load_language(lang).text(code.title)}"
    assert 15 <= text.count("\n") <= 45
    assert "\t" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@every_code
def test_pages_have_the_same_sections(code: FindingCode) -> None:
    zh, en = sections(page(code, "zh")), sections(page(code, "en"))
    wanted = 4 if code.id.startswith(("DW0", "DW1")) else 5
    assert len(zh) == len(en) == wanted
    assert [block for kind, block in blocks(code, "zh")][:2] == [block for kind, block in blocks(code, "en")][:2]


@every_check
def test_page_shows_the_example(code: FindingCode) -> None:
    for (kind, text), which in zip(blocks(code, "zh")[:2], ("bad", "good"), strict=True):
        lines = texts(overlay(code.id, which)).split("\n")
        for line in text.splitlines() if kind != "text" else ():
            assert line in lines


@every_check
@every_language
def test_acceptance_works_as_the_page_says(code: FindingCode, lang: str) -> None:
    entries = [text for _, text in blocks(code, lang)[2:]]
    assert not (entries and code.id.startswith(UNACCEPTABLE))
    for entry in entries:
        layer = overlay(code.id, "bad")
        checked = check(layer, entry=entry)
        assert code in {finding.code for finding, _ in checked.accepted}
        assert {finding.code.id for finding in checked.findings} <= {code.id} | also(layer)


@every_audit
@every_language
def test_what_a_history_shows_is_never_accepted(code: FindingCode, lang: str) -> None:
    assert [kind for kind, _ in blocks(code, lang)] == ["text", "text"]
    assert "accepted.yaml" in page(code, lang)


@pytest.mark.parametrize(
    "code", [code for code in CODES if code.id.startswith(("DW0", "DW1"))], ids=lambda code: str(code.id)
)
def test_what_was_not_understood_stays(code: FindingCode) -> None:
    layer = overlay(code.id, "bad")
    found = own(check(layer).findings, code)
    entry = f"- {{code: {code.id}, path: {found[0].source.path}, reason: 试一试, date: 2026-06-30}}\n"
    after = check(layer, entry=entry)
    assert len(own(after.findings, code)) == len(found)
    assert "DW704" in {finding.code.id for finding in after.findings}


def test_absences_are_a_note_for_people() -> None:
    code = next(code for code in CODES if code.id == "DW310")
    assert code.severity is Severity.NOTE
    zh, en = page(code, "zh"), " ".join(page(code, "en").split())
    for phrase in ("先问明原因", "dangwu 不作任何决定", "到会、请假、免于参加都会中断连续"):
        assert phrase in zh
    for phrase in ("first ask for the reason", "dangwu decides nothing", "leave or exemption breaks the run"):
        assert phrase in en
