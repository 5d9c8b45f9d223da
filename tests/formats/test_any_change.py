"""Any text in any part of a change or of a history through every printer: nothing acts, and a comment stays short."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from rich.console import Console

from dangwu.audit.registry import LIMITS
from dangwu.changes.field_changes import fields
from dangwu.data import resources
from dangwu.formats.machine.audit_json import audit_json, log_json
from dangwu.formats.machine.review import COMMENT_BYTES, review_github, review_json, review_markdown
from dangwu.formats.machine.sarif import sarif
from dangwu.formats.markdown import markdown
from dangwu.formats.safe_text import UNSAFE
from dangwu.formats.terminal.page import show_page
from dangwu.language import language
from dangwu.model.edit import Edit
from dangwu.model.finding import Code, Finding, Related, Severity, Source
from dangwu.model.history import Commit, Stamp
from dangwu.model.message import Bilingual, say
from dangwu.model.observation import Audited, Entry, Logged, Mark, MarkKind, Observed, Seen, Signature, Strength, Trace
from dangwu.model.record_change import RecordChange, SectionChange
from dangwu.model.record_life import Turn
from dangwu.model.results import Owed
from dangwu.model.review import Commits, ControlChange, DutyChange, Reviewed
from dangwu.model.rule_change import RulesDiff, SettingChange
from dangwu.pages.audit import audit_page, log_page
from dangwu.pages.record_changes import Words
from dangwu.pages.review import review_page
from dangwu.workspace.catalogue import kinds
from tests.support import values
from tests.support.change import replace
from tests.support.markdown import assert_well_formed

from .test_any_text import TEXT

LANGUAGES = [language(code) for code in ("zh", "en")]
DAY = date(2026, 6, 30)
MEETING = resources.schema("group-meeting")


def stamp(text: str) -> Stamp:
    return Stamp(text, text, 1_780_000_000)


def commit(text: str) -> Commit:
    return Commit("a" * 40, "b" * 40, (), stamp(text), stamp(f"{text}x"), f"{text}\n\n{text}", signed=True)


def record(text: str, edit: Edit) -> RecordChange:
    before = {"place": "x", "chair": "m005", "topics": ["a"], "leave": [{"member": text}], text: {text: text}}
    after = {"place": text, "chair": text, "topics": [text, "a"], "leave": [{"member": text, "x": text}], "y": [text]}
    return RecordChange(
        path=text,
        edit=edit,
        kind=kinds()["group-meeting"],
        day=DAY,
        subject=text,
        old_path=text,
        fields=tuple(fields(before, after, MEETING)),
        sections=(SectionChange(text, Edit.CHANGED, (text, text), (text,)),),
    )


def observed(text: str) -> Observed:
    code = Code("DW961", "recorded-late", Severity.WARNING, say("Recorded long after the day"), "3.5")
    related = tuple(Related(Source(text), say("{x}", x=text)) for _ in range(3))
    finding = Finding(code, Source(text, line=1, column=1), say("{x}", x=text), say("{x}", x=text), related, text)
    return Observed(finding, (Trace(Strength.COMMITTER, say("{x}", x=text), DAY, "a" * 40),), "a" * 40)


def mark(text: str) -> Mark:
    return Mark(MarkKind.TAG, "a" * 40, DAY, text, Strength.SIGNED, text)


def reviewed_of(text: str, times: int = 1) -> Reviewed:
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
    return Reviewed(
        as_of=DAY,
        older="c" * 40,
        newer="a" * 40,
        commits=Commits(3, (text,) * times),
        controls=(control,) * times,
        rules=RulesDiff((), (setting,) * times),
        records=tuple(record(text, edit) for edit in Edit) * times,
        duties=(DutyChange(duty, late), DutyChange(None, duty), DutyChange(late, None)) * times,
        checked=replace(values.checked(), findings=found * times),
        standing=1,
        mended=2,
        observed=(observed(text),) * times,
        others=(text,) * times,
        owed=Owed(DAY, None, (), values.corpus(), owed.rulebook),
        diverged=True,
    )


def audited_of(text: str) -> Audited:
    return Audited(DAY, "a" * 40, 2026, (observed(text),), Seen(1, 1, 1, 1, (mark(text),)), LIMITS)


def logged_of(text: str) -> Logged:
    entries = tuple(
        Entry(turn, commit(text), record(text, Edit.CHANGED), commit(text), (mark(text),), Signature(True, text))  # noqa: FBT003
        for turn in Turn
    )  # fmt: skip
    return Logged(DAY, "a" * 40, (text, f"{text}2"), kinds()["group-meeting"], entries)


def assert_harmless(text: str) -> None:
    text.encode()
    assert not UNSAFE.search(text.replace("\n", ""))


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
        words = Words(lang, values.corpus())
        for page in (review_page(made, words), audit_page(audited, lang), log_page(life, words)):
            out = io.StringIO()
            show_page(page, Console(file=out, width=90, force_terminal=True, color_system=None))
            assert_harmless(out.getvalue())
            written = markdown(page, lang)
            assert_harmless(written)
            assert_well_formed(written)
        for document in (review_json(made, lang), audit_json(audited, lang), log_json(life), sarif(made.checked, lang)):
            assert_harmless(document)
            json.loads(document)
        lines = review_github(made, lang, "党 务/")
        assert_harmless(lines)
        assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines.rstrip("\n").split("\n"))
        assert lines.count("\n") == len(made.controls) + len(made.observed) + len(made.checked.findings)


@pytest.mark.parametrize(
    ("text", "times"), [("党" * 50_000, 1), ("党务 " * 40, 60), ("</details>@x #1 " * 30, 60), ("*_`" * 500, 20)]
)
def test_a_comment_fits_whatever_the_change_says(text: str, times: int) -> None:
    for lang in LANGUAGES:
        written = review_markdown(reviewed_of(text, times), Words(lang, values.corpus()))
        assert len(written.encode()) <= COMMENT_BYTES
        assert_well_formed(written)
