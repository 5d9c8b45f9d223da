"""A committee's own Word template: filled in with text, never with markup; what is not safe is not opened."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from dangwu.errors import CannotRunError
from dangwu.formats.docx.template import ALLOWED_FILTERS, fill_template
from dangwu.formats.docx.template_values import build_template_values
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.forms import build_blank_form, build_form_input
from tests.support import canary
from tests.support.branches import base_files
from tests.support.forms import AS_OF, unmistakable, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.form_input import FormInput

GENERAL = "meetings/2026/2026-03-27-general-meeting.md"
HOSTILE = "{{7*7}} {% for x in y %} </w:t><w:p/> &amp; <b> 䶮㛃𬭎 ，。 \x07\x00\u202e\ud800 {_{1}_} #read"
SHOWN = "{{7*7}} {% for x in y %} </w:t><w:p/> &amp; <b> 䶮㛃𬭎 ，。 \\u0007\\u0000\\u202e\\ud800"


def template(*paragraphs: str, header: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Return a Word file with these paragraphs."""
    made = docx.Document()
    for each in paragraphs:
        made.add_paragraph(each)
    if rows:
        table = made.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    made.sections[0].header.paragraphs[0].text = header
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def asked(
    word: str = GENERAL, files: dict[str, Any] | None = None, audience: Audience = Audience.COMMITTEE
) -> FormInput:
    return build_form_input(workspace(files or base_files()), word, AS_OF, audience)


def filled(raw: bytes, wanted: FormInput | None = None, lang: str = "zh") -> docx.document.Document:
    return docx.Document(BytesIO(fill_template(raw, wanted or asked(), load_language(lang))))


def said(made: docx.document.Document) -> str:
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in made.paragraphs] + cells)


def trouble(raw: bytes, lang: str = "en") -> str:
    with pytest.raises(CannotRunError) as caught:
        fill_template(raw, asked(), load_language(lang))
    message = load_language(lang).text(caught.value.message)
    assert "\n" not in message
    assert " at 0x" not in message
    return message


def test_a_meeting_with_its_people() -> None:
    rows = (
        ("{%tr for each in sign_in %}", "", ""),
        ("{{ each.number }}", "{{ each.name }}", "{{ each.mark }}"),
        ("{%tr endfor %}", "", ""),
    )
    raw = template(
        "{{ branch_name }}：{{ form_title }}", "{{ date }} {{ place }} {{ chair }}", "应到{{ counts.due }}人",
        "{%p for each in sections %}", "{{ each.title }}：{{ each.text }}", "{%p endfor %}",
        header="{{ printed_on }}", rows=rows,
    )  # fmt: skip
    wanted = asked()
    made = filled(raw, wanted)
    text = said(made)
    assert made.sections[0].header.paragraphs[0].text == "2026年6月30日"
    assert "支部党员大会" in text
    assert "2026年3月27日" in text
    people = [row.cells[1].text for row in made.tables[0].rows]
    held = next(each for each in wanted.corpus.meetings if each.path == GENERAL)
    assert len(people) == len(wanted.corpus.roster.due(held))
    assert not [each for each in people if re.fullmatch(r"m\d+", each)]
    assert "{" not in text


def test_the_text_of_records_stays_text() -> None:
    fields = {**canary.data("training"), "title": HOSTILE.replace("\x00", "").replace("\ud800", "")}
    path = canary.path(load_kinds()["training"], fields)
    wanted = asked(path, {**base_files(), path: canary.text(load_kinds()["training"], fields)})
    for words in (
        "{{ title }}",
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{{ title|e }}",
        "{{ [title]|join }}",
    ):
        made = filled(template(f"A{words}Z"), wanted)
        text = made.paragraphs[0].text
        assert "{{7*7}} {% for x in y %}" in text
        assert "49" not in text
        assert "䶮㛃𬭎" in text
        assert "\\u0007" in text
        assert "\u202e" not in text
        assert len(made.paragraphs) == 1, "a paragraph of the record's own"


def test_every_text_in_the_values_is_harmless() -> None:
    here = unmistakable()
    for word in ("meetings/2026", "plans/2026", "appraisals/2026", "members", "branch.yaml", "rectifications/2026"):
        values = build_template_values(build_form_input(here, word, AS_OF, Audience.HANDLERS), load_language("zh"))
        for each in _texts(values):
            assert isinstance(each, str)
            assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", each)


def _texts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value]


def test_values_have_the_same_names_for_every_record_of_a_kind() -> None:
    """A template that names an optional field works where it is not filled in, and on an empty form."""
    here = unmistakable()
    for name in sorted(load_kinds()):
        if load_kinds()[name].audience is Audience.SEALED:
            continue
        empty = build_template_values(build_blank_form(here, name, AS_OF, Audience.HANDLERS), load_language("en"))
        assert set(kinds_fields(name)) <= empty.keys()
        if name in canary.records():
            full = build_template_values(
                build_form_input(here, canary.records()[name][0], AS_OF, Audience.HANDLERS), load_language("en")
            )
            assert full.keys() == empty.keys()


def kinds_fields(name: str) -> list[str]:
    from dangwu.data import resources  # noqa: PLC0415

    return [key for key in resources.load_schema(name)["properties"] if key not in {"schema", "kind"}]


@pytest.mark.parametrize("audience", [each for each in Audience if each is not Audience.SEALED])
def test_values_are_for_the_audience(audience: Audience) -> None:
    here = unmistakable()
    for name in ("general-meeting", "training", "annual-plan", "rectification"):
        if not audience.may_see(load_kinds()[name].audience):
            continue
        values = build_template_values(
            build_form_input(here, canary.records()[name][0], AS_OF, audience), load_language("zh")
        )
        text = "\n".join(map(str, _texts(values)))
        if name == "general-meeting":
            assert (f"{canary.SONG}-general-meeting-body-鸟" in text) == audience.may_see(Audience.COMMITTEE)
            assert bool(values["sign_in"]) == audience.may_see(Audience.COMMITTEE)
        names = [each.name for each in here.corpus.members if each.name in text]
        assert not names or audience.may_see(Audience.MEMBERS)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ place.__class__ }}", "unsafe"),
        ("{{ sign_in.__class__.__mro__[1].__subclasses__() }}", "unsafe"),
        ("{{ range.__globals__ }}", "unsafe"),
        ("{{ self.__init__.__globals__ }}", "unsafe"),
        ("{{ ''|attr('__class__') }}", "attr"),
        ("{{ [place]|map(attribute='__class__')|join }}", "unsafe"),
        ("{{ 'x'.format(1) }}", "callable"),
        ("{{ '%s'|format(1) }}", "format"),
        ("{{ place|safe }}", "safe"),
        ("{{ 'x' * 99999999 }}", "numbers"),
        ("{{ 9 ** 9 ** 9 }}", "numbers"),
        ("{{ sign_in.append(1) }}", "callable"),
        ("{{ counts.clear() }}", "callable"),
        ("{{ range(999999999) }}", "big"),
        ("{{ lipsum() }}", "lipsum"),
        ("{{ cycler() }}", "cycler"),
        ("{% include '/etc/passwd' %}", "loader"),
        ("{% import 'x' as y %}", "loader"),
        ("{{ nosuch }}", "nosuch"),
        ("{{ counts.nosuch }}", "nosuch"),
        ("{% for each in %}", "expression"),
        ("{% if x %}", "if"),
        ("{{ 1/0 }}", "zero"),
    ],
)
def test_what_a_template_may_not_do(words: str, named: str) -> None:
    message = trouble(template(words))
    assert named in message, message
    assert "/etc" not in message.replace(words, "")


def test_what_a_template_may_do() -> None:
    for words, expected in {
        "{{ topics|join('；')|length > 1 }}": "True",
        "{% for each in topics %}{{ loop.index }}{% endfor %}": None,
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(place) }}": None,
        "{% for key, value in counts.items() %}{{ key }}{% endfor %}": "duepresentleaveabsent",
        "{{ 2 * 3 }}": "6",
        "{{ late|default('x', true) }}": None,
    }.items():
        text = filled(template(words)).paragraphs[0].text
        assert expected is None or text == expected, words
    assert "safe" not in ALLOWED_FILTERS


def test_the_same_bytes_each_time() -> None:
    raw = template("{{ place }}", "{%p for each in topics %}", "{{ each }}", "{%p endfor %}")
    first, second = (fill_template(raw, asked(), load_language("zh")) for _ in range(2))
    assert first == second
    with ZipFile(BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-06-30T00:00:00Z" in archive.read("docProps/core.xml")


def rebuilt(change: Callable[[dict[str, bytes]], None], compression: int = ZIP_DEFLATED) -> bytes:
    """Return a template whose parts were changed."""
    with ZipFile(BytesIO(template("x"))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    change(parts)
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def doctyped(encoding: str) -> Callable[[dict[str, bytes]], None]:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'

    def change(parts: dict[str, bytes]) -> None:
        parts["word/styles.xml"] = text.encode(encoding)

    return change


def linked(kind: str, target: str) -> Callable[[dict[str, bytes]], None]:
    """Add a relationship that leads outside."""
    added = f'<Relationship Id="r77" Type="http://x/relationships/{kind}" Target="{target}" TargetMode="External"/>'

    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", f"{added}</Relationships>".encode())

    return change


def put(name: str, raw: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: raw})


def without_document(parts: dict[str, bytes]) -> None:
    del parts["word/document.xml"]


def macro(parts: dict[str, bytes]) -> None:
    name = "[Content_Types].xml"
    parts[name] = parts[name].replace(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b"", "no Word file"),
        (b"PK\x03\x04" + b"x" * 99, "no Word file"),
        (b"%PDF-1.7", "no Word file"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
        (rebuilt(put("word/vbaProject.bin", b"x")), "macros"),
        (rebuilt(macro), "macros"),
        (rebuilt(doctyped("utf-8")), "document type"),
        (rebuilt(doctyped("utf-16")), "document type"),
        (rebuilt(put("word/styles.xml", b'<?xml version="1.0" encoding="utf-7"?><x/>')), "cannot be read"),
        (rebuilt(put("word/x.xml", b"<x>")), "cannot be read"),
        (rebuilt(linked("attachedTemplate", "http://example.org/t.dotm")), "elsewhere"),
        (rebuilt(linked("image", "file:///etc/passwd")), "elsewhere"),
        (rebuilt(linked("oleObject", "\\\\host\\share")), "elsewhere"),
        (rebuilt(put("../x.xml", b"<x/>")), "outside the archive"),
        (rebuilt(put("word\\x.xml", b"<x/>")), "outside the archive"),
        (rebuilt(put("word/big.bin", b"\0" * 3_000_000)), "implausibly"),
        (rebuilt(lambda parts: parts.update({f"word/{n}.bin": b"" for n in range(200)})), "200"),
        (rebuilt(without_document), "no document"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_opened(raw: bytes, named: str) -> None:
    message = trouble(raw)
    assert named in message, message
    assert message.startswith("The template is not opened: ")
    assert trouble(raw, "zh").startswith("模板没有打开：")


def test_a_link_for_readers_is_no_harm() -> None:
    assert "x" in said(filled(rebuilt(linked("hyperlink", "https://example.org"))))


def test_any_cut_of_a_template_is_one_line() -> None:
    raw = template("{{ place }}")
    for at in range(0, len(raw), 1999):
        trouble(raw[:at])
        flipped = bytearray(raw)
        flipped[at] ^= 0xFF
        with suppress(CannotRunError):
            fill_template(bytes(flipped), asked(), load_language("en"))
