"""Any text in any field through every printer: no escape sequence, no markup, nothing that acts (robustness 18, 19)."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from dangwu.data import resources
from dangwu.formats.html import render_html
from dangwu.formats.machine.findings import FINDING_RENDERERS
from dangwu.formats.machine.json import render_check_json, render_due_json, render_report_json
from dangwu.formats.markdown import render_markdown
from dangwu.formats.safe_text import UNSAFE_CHARACTER, make_one_line
from dangwu.formats.terminal.page import show_findings, show_page
from dangwu.language import load_language
from dangwu.model.corpus import Corpus
from dangwu.model.finding import RelatedPlace, Source
from dangwu.model.message import Bilingual, say
from dangwu.model.results import CheckResult, YearReport
from dangwu.pages.duties import build_due_page
from dangwu.pages.findings import build_accepted_page
from dangwu.pages.year import build_year_page
from tests.support import values
from tests.support.change import replace

from .test_html import assert_harmless

EN = load_language("en")
HOSTILE = st.sampled_from(
    [
        "\x1b[2J\x1b]8;;http://x\x07", "[red]", "[/]", "[link=http://x]y[/link]", ":smile:",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "\"' onmouseover=x", "javascript:alert(1)", "{{ 7*7 }}", "{% raw %}", "]]>",
        "|", "`a`", "![x](http://x/y.png)", "[x](javascript:x)", "<http://x>", "&lt;b&gt;", "*a* _b_ ~~c~~", "# h",
        "\\",
        "\u202e\u200b\ufeff", "\ud800", "\x9b31m", "a\nb\r\n\n- c", "{name}", "{0}", "::error::x", "%0A", "1. x",
        "-\t-",
        "䶮 㛃 𬭎", "http://x.example www.example.org a@b.example",
    ]
)  # fmt: skip
TEXT = st.one_of(HOSTILE, st.lists(HOSTILE, max_size=4).map(" ".join), st.text(st.characters(), max_size=40))


def report_of(text: str) -> YearReport:
    """Return a report with the text in every field that a record can fill."""
    both = Bilingual(text, text)
    branch = values.branch()
    groups = tuple(group._replace(name=text) for group in branch.groups)
    corpus = values.corpus()
    hostile = Corpus(
        branch=branch._replace(name=both, superior=both, groups=groups),
        members=tuple(each._replace(name=text) for each in corpus.members),
        meetings=tuple(
            each._replace(topics=(text, text), place=text, path=f"meetings/2026/{text}.md")
            for each in corpus.meetings[:4]
        ),
        waivers=tuple(each._replace(reason=text, approved_by=text) for each in corpus.waivers),
    )
    owed = values.owed()
    chosen = [each for each in owed.duties if each.period.start.month in {5, 8, 9, 10}]
    duties = tuple(
        replace(
            each,
            title=both,
            reason=say("missed, as stated: {reason}", reason=text),
            evidence=tuple(replace(one, path=text) for one in each.evidence),
            near_misses=tuple(replace(one, path=text, reason=say("{x}", x=text)) for one in each.near_misses),
        )
        for each in chosen
    )
    source = Source(text or "x", (), 2, 3)
    findings = tuple(
        replace(
            each,
            source=source,
            message=say("{x}", x=text),
            hint=say("{x}", x=text),
            subject=text,
            related=(RelatedPlace(source, say("{x}", x=text)),),
        )
        for each in values.findings()
    )
    accepted = tuple((findings[0], acceptance._replace(reason=text)) for _, acceptance in values.accepted())
    checked = CheckResult(as_of=values.AS_OF, revision=text, findings=findings, accepted=accepted, records=1)
    return YearReport(year=2026, owed=replace(owed, corpus=hostile, duties=duties, revision=text), checked=checked)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
@example("1. x")
@example("- x")
@example("=")
@example("#")
@example("    x")
@example("<script>alert(1)</script>[/][red]\x1b[0m\u202e|`{{x}}\n# y")
def test_any_text_through_every_printer(text: str) -> None:
    report = report_of(text)
    pages = (
        build_year_page(report, EN, at_length=True),
        build_due_page(report.owed, EN),
        build_accepted_page(report.checked, EN),
    )
    for page in pages:
        out = io.StringIO()
        show_page(page, Console(file=out, width=90, force_terminal=True, color_system=None))
        assert not UNSAFE_CHARACTER.search(out.getvalue().replace("\n", ""))
        read = assert_harmless(render_html(page, EN, resources.read_package_text))
        assert not UNSAFE_CHARACTER.search("".join(read.text).replace("\n", ""))
        assert make_one_line(text) in "".join(read.text)
        assert_plain(render_markdown(page, EN), text)
    out = io.StringIO()
    console = Console(file=out, width=90, force_terminal=True, color_system=None)
    show_findings(report.checked, EN, console, lambda _: text.encode("utf-8", "replace"))
    assert not UNSAFE_CHARACTER.search(out.getvalue().replace("\n", ""))
    for made in (
        render_check_json(report.checked, EN),
        render_due_json(report.owed, EN),
        render_report_json(report, EN),
    ):
        made.encode("utf-8")
        assert not UNSAFE_CHARACTER.search(made.replace("\n", ""))
        json.loads(made)
    for render in FINDING_RENDERERS.values():
        made = render(report.checked, EN)
        made.encode("utf-8")
        assert not UNSAFE_CHARACTER.search(made.replace("\n", ""))
    ET.fromstring(FINDING_RENDERERS["junit"](report.checked, EN))  # noqa: S314 - our own output


def assert_plain(written: str, text: str) -> None:
    """See that Markdown readers find only the tags that the renderer itself makes, and the text as it is."""
    assert not UNSAFE_CHARACTER.search(written.replace("\n", ""))
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(written)
    tags = set(re.findall(r"<(/?[a-zA-Z][^\s>]*)", made))
    allowed = {"h1", "h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}
    assert {tag.strip("/") for tag in tags} <= allowed
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", made))
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, char)
    # Set after what forges would notify or link, wherever it stands.
    plain = plain.replace("\u200b", "")
    assert not re.search(r"(?<![A-Za-z0-9])@[A-Za-z0-9]|#[0-9]", re.sub(r"<[^>]+>", "", made))
    assert re.sub(r"\s+", " ", make_one_line(text)).strip() in plain
