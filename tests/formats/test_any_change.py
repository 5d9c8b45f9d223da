"""Any text in any part of a change or of a history through every printer: nothing acts, and a comment stays short."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from rich.console import Console

from dangwu.audit.registry import AUDIT_LIMITS
from dangwu.changes.field_changes import find_field_changes
from dangwu.data import resources
from dangwu.formats.machine.audit_json import render_audit_json, render_log_json
from dangwu.formats.machine.review import (
    MAX_COMMENT_BYTES,
    render_review_github,
    render_review_json,
    render_review_markdown,
)
from dangwu.formats.machine.sarif import render_sarif
from dangwu.formats.markdown import render_markdown
from dangwu.formats.safe_text import UNSAFE_CHARACTER
from dangwu.formats.terminal.page import show_page
from dangwu.language import load_language
from dangwu.model.edit import Edit
from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity, Source
from dangwu.model.history import Commit, CommitStamp
from dangwu.model.message import Bilingual, say
from dangwu.model.observation import (
    AuditExtent,
    AuditResult,
    CommitteeMark,
    EvidencePiece,
    EvidenceStrength,
    LogEntry,
    MarkKind,
    Observation,
    RecordLog,
    SignatureResult,
)
from dangwu.model.record_change import RecordChange, SectionChange
from dangwu.model.record_life import LifeEvent
from dangwu.model.results import DutyResult
from dangwu.model.review import CommitSummary, ControlChange, DutyChange, ReviewResult
from dangwu.model.rule_change import RulesDiff, SettingChange
from dangwu.pages.audit import build_audit_page, build_log_page
from dangwu.pages.record_changes import ChangeText
from dangwu.pages.review import build_review_page
from dangwu.workspace.catalogue import load_kinds
from tests.support import values
from tests.support.change import replace
from tests.support.markdown import assert_well_formed

from .test_any_text import TEXT

LANGUAGES = [load_language(code) for code in ("zh", "en")]
DAY = date(2026, 6, 30)
MEETING = resources.load_schema("group-meeting")


def stamp(text: str) -> CommitStamp:
    return CommitStamp(text, text, 1_780_000_000)


def commit(text: str) -> Commit:
    return Commit("a" * 40, "b" * 40, (), stamp(text), stamp(f"{text}x"), f"{text}\n\n{text}", signed=True)


def record(text: str, edit: Edit) -> RecordChange:
    before = {"place": "x", "chair": "m005", "topics": ["a"], "leave": [{"member": text}], text: {text: text}}
    after = {"place": text, "chair": text, "topics": [text, "a"], "leave": [{"member": text, "x": text}], "y": [text]}
    return RecordChange(
        path=text,
        edit=edit,
        kind=load_kinds()["group-meeting"],
        day=DAY,
        subject=text,
        old_path=text,
        fields=tuple(find_field_changes(before, after, MEETING)),
        sections=(SectionChange(text, Edit.CHANGED, (text, text), (text,)),),
    )


def observed(text: str) -> Observation:
    code = FindingCode("DW961", "recorded-late", Severity.WARNING, say("Recorded long after the day"), "3.5")
    related = tuple(RelatedPlace(Source(text), say("{x}", x=text)) for _ in range(3))
    finding = Finding(code, Source(text, line=1, column=1), say("{x}", x=text), say("{x}", x=text), related, text)
    return Observation(
        finding, (EvidencePiece(EvidenceStrength.COMMITTER, say("{x}", x=text), DAY, "a" * 40),), "a" * 40
    )


def mark(text: str) -> CommitteeMark:
    return CommitteeMark(MarkKind.TAG, "a" * 40, DAY, text, EvidenceStrength.SIGNED, text)


def reviewed_of(text: str, times: int = 1) -> ReviewResult:
    """Return a change with the text in every part of it."""
    owed = values.owed()
    duty = replace(owed.duties[0], reason=say("{x}", x=text), title=Bilingual(text, text), subject=text or None)
    late = replace(duty, evidence=tuple(replace(each, path=text) for each in owed.duties[0].evidence))
    control = ControlChange(
        text,
        Edit.CHANGED,
        say("It silences findings."),
        (text,) * times,
        (text,) * times,
        (say("{x}", x=text),) * times,
    )
    setting = SettingChange(
        "recorded_within_days", 1, Bilingual(text, text), text, text, own_before=True, own_after=True
    )
    found = tuple(replace(each, message=say("{x}", x=text), subject=text) for each in values.findings())
    return ReviewResult(
        as_of=DAY,
        older="c" * 40,
        newer="a" * 40,
        commits=CommitSummary(3, (text,) * times),
        controls=(control,) * times,
        rules=RulesDiff((), (setting,) * times),
        records=tuple(record(text, edit) for edit in Edit) * times,
        duties=(DutyChange(duty, late), DutyChange(None, duty), DutyChange(late, None)) * times,
        checked=replace(values.checked(), findings=found * times),
        standing=1,
        mended=2,
        observed=(observed(text),) * times,
        others=(text,) * times,
        owed=DutyResult(DAY, None, (), values.corpus(), owed.rulebook, recorded={}),
        diverged=True,
    )


def audited_of(text: str) -> AuditResult:
    return AuditResult(DAY, "a" * 40, 2026, (observed(text),), AuditExtent(1, 1, 1, 1, (mark(text),)), AUDIT_LIMITS)


def logged_of(text: str) -> RecordLog:
    entries = tuple(
        LogEntry(turn, commit(text), record(text, Edit.CHANGED), commit(text), (mark(text),),
                 SignatureResult(True, text))  # noqa: FBT003
        for turn in LifeEvent
    )  # fmt: skip
    return RecordLog(DAY, "a" * 40, (text, f"{text}2"), load_kinds()["group-meeting"], entries)


def assert_harmless(text: str) -> None:
    text.encode()
    assert not UNSAFE_CHARACTER.search(text.replace("\n", ""))


@settings(derandomize=True, max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
@example("</details></summary><script>alert(1)</script>")
@example("@octocat #12 /close\n/close")
@example("<summary>x</summary>\n\n</details>\n\n# y")
@example("x\x1b[31m\u202e\ud800\n::error::y%0A")
@example("~~~\n```\n    x\n---\n===")
@example("{x} {field} {0} %s")
def test_any_text_through_every_printer(text: str) -> None:
    made, audited, life = reviewed_of(text), audited_of(text), logged_of(text)
    for lang in LANGUAGES:
        words = ChangeText(lang, values.corpus())
        for page in (build_review_page(made, words), build_audit_page(audited, lang), build_log_page(life, words)):
            out = io.StringIO()
            show_page(page, Console(file=out, width=90, force_terminal=True, color_system=None))
            assert_harmless(out.getvalue())
            written = render_markdown(page, lang)
            assert_harmless(written)
            assert_well_formed(written)
        for document in (
            render_review_json(made, lang),
            render_audit_json(audited, lang),
            render_log_json(life),
            render_sarif(made.checked, lang),
        ):
            assert_harmless(document)
            json.loads(document)
        lines = render_review_github(made, lang, "党 务/")
        assert_harmless(lines)
        assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines.rstrip("\n").split("\n"))
        assert lines.count("\n") == len(made.controls) + len(made.observed) + len(made.checked.findings)


@pytest.mark.parametrize(
    ("text", "times"), [("党" * 50_000, 1), ("党务 " * 40, 60), ("</details>@x #1 " * 30, 60), ("*_`" * 500, 20)]
)
def test_a_comment_fits_whatever_the_change_says(text: str, times: int) -> None:
    for lang in LANGUAGES:
        written = render_review_markdown(reviewed_of(text, times), ChangeText(lang, values.corpus()))
        assert len(written.encode()) <= MAX_COMMENT_BYTES
        assert_well_formed(written)
