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
from dangwu.formats.docx.template import fill_template
from dangwu.formats.docx.template_safety import examine_made_file
from dangwu.formats.docx.template_sandbox import ALLOWED_FILTERS
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
        "{{ topics|join('；')|length > 1 }}": "是",
        "{% for each in topics %}{{ loop.index }}{% endfor %}": None,
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(place) }}": None,
        "{% for key, value in counts.items() %}{{ key }}{% endfor %}": "duepresentleaveabsent",
        "{{ 2 * 3 }}": "6",
        "{{ late|default('x', true) }}": None,
    }.items():
        text = filled(template(words)).paragraphs[0].text
        assert expected is None or text == expected, words
    assert "safe" not in ALLOWED_FILTERS


@pytest.mark.parametrize("words", [
    "{{ present }}", "前 {{ present|string }}", "{{ '前 ' ~ present }}", "{{ present|list }}",
    "{{ present|map('trim') }}", "{{ [present, none, true] }}", "{{ records }}", "{{ sign_in[0] }}",
    "{{ resolutions }}", "{{ absent }}", "{{ leave }}", "{{ 1 == 1 }}", "{{ 'a' ~ (1 == 2) }}", "{{ none }}",
    "{{ present|upper }}", "{{ sign_in|join('；') }}", "{{ counts }}",
])  # fmt: skip
def test_what_is_printed_is_never_the_spelling_of_a_program(words: str) -> None:
    for lang in ("zh", "en"):
        text = "".join(each.text for each in filled(template(words), lang=lang).paragraphs)
        assert not re.search(r"[\[\]{}]|True|False|None|generator|'", text), text


def test_lists_and_counts_are_in_words() -> None:
    made = filled(template("{{ present }}", "{{ counts }}", "{{ 1 == 1 }}", "{{ [2.0, 0.5] }}"))
    present, counts, yes, figures = (each.text for each in made.paragraphs)
    assert len(present.split("、")) > 2
    assert re.fullmatch(r"应到 \d+ 人、实到 \d+ 人、请假 \d+ 人、缺席 \d+ 人", counts)
    assert (yes, figures) == ("是", "2、0.5")
    assert "{{" not in filled(template("{{ counts }}"), lang="en").paragraphs[0].text


def test_full_width_marks_are_marks() -> None:
    """A Chinese keyboard types them; a brace that stands alone is a sign of the text."""
    made = filled(
        template(
            "地点：｛｛ place ｝｝。", "｛％ for each in present ％｝｛｛ each｜upper ｝｝；｛％ endfor ％｝",
            "集合｛甲，乙｝",
            "｛｛　missing｜default（'未填，待补'）　｝｝", "｛{ place }｝",
            header="｛｛ branch_name ｝｝",
        )
    )  # fmt: skip
    place, people, text, default, mixed = (each.text for each in made.paragraphs)
    assert place == f"地点：{filled(template('{{ place }}')).paragraphs[0].text}。"
    assert people.count("；") > 2
    assert text == "集合｛甲，乙｝"
    assert default == "未填，待补"
    assert mixed
    assert "｛" not in mixed
    assert "｛" not in made.sections[0].header.paragraphs[0].text


def test_full_width_marks_in_several_runs() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph()
    for piece in ("地点：｛", "｛ pl", "ace ｝", "｝。"):
        paragraph.add_run(piece).bold = piece.startswith("｛")
    out = BytesIO()
    made.save(out)
    assert "｛" not in filled(out.getvalue()).paragraphs[0].text


def test_an_ampersand_in_the_title_of_the_file_stands_there_once() -> None:
    made = docx.Document()
    made.core_properties.title = "{{ place }} & {{ '<甲&乙>' }}"
    made.core_properties.subject = "A &amp; B"
    made.add_paragraph("{{ '<甲&乙>' }}")
    out = BytesIO()
    made.save(out)
    done = filled(out.getvalue())
    assert done.core_properties.title.endswith(" & <甲&乙>")
    assert done.core_properties.subject == "A &amp; B"
    assert done.paragraphs[0].text == "<甲&乙>"


def test_the_same_bytes_each_time() -> None:
    raw = template("{{ place }}", "{%p for each in topics %}", "{{ each }}", "{%p endfor %}")
    first, second = (fill_template(raw, asked(), load_language("zh")) for _ in range(2))
    assert first == second
    with ZipFile(BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-06-30T00:00:00Z" in archive.read("docProps/core.xml")


def rebuilt(change: Callable[[dict[str, bytes]], None], compression: int = ZIP_DEFLATED, raw: bytes = b"") -> bytes:
    """Return a template whose parts were changed."""
    with ZipFile(BytesIO(raw or template("x"))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    change(parts)
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
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


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run_of(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


def field(*instructions: str, result: str = "1") -> str:
    """Return a field whose instruction is spread over runs."""
    codes = "".join(run_of(f'<w:instrText xml:space="preserve">{each}</w:instrText>') for each in instructions)
    begin, separate, end = (run_of(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    return f"{begin}{codes}{separate}{run_of(f'<w:t>{result}</w:t>')}{end}"


def with_body(inside: str, name: str = "word/document.xml") -> bytes:
    """Return a template with a paragraph of this XML."""

    def change(parts: dict[str, bytes]) -> None:
        ends = "</w:hdr>" if name != "word/document.xml" else "<w:sectPr"
        text = parts[name].decode()
        at = text.rindex(ends)
        parts[name] = f"{text[:at]}<w:p>{inside}</w:p>{text[at:]}".encode()

    return rebuilt(change, raw=template("x {{ place }}", header="页眉"))


QUIET = (
    "PAGE", " PAGE \\* MERGEFORMAT ", "NUMPAGES", "= 1 + 2", "=SUM(ABOVE)", 'DATE \\@ "yyyy"', "page",
    'TOC \\o "1-3" \\h',
    "REF _Ref1", "SEQ 表 \\* ARABIC", 'STYLEREF "标题 1"', 'HYPERLINK "https://example.org/a"', 'HYPERLINK \\l "here"',
    'HYPERLINK "mailto:a@example.org"', 'HYPERLINK "chapter.docx"', "MERGEFIELD 姓名", 'IF 1 = 1 "甲" "乙"', "FILENAME",
)  # fmt: skip
FETCHES = (
    'INCLUDEPICTURE "http://127.0.0.1:9/x.png"', "INCLUDEPICTURE x.png", 'INCLUDETEXT "x.docx"', "includetext x",
    'DDEAUTO none "x" "y"', "DDE none x", "LINK Excel.Sheet.12 x.xlsx A1", "IMPORT x", "INCLUDE x", "EMBED Package",
    'DATABASE \\d "x"', "AUTOTEXT x", "GLOSSARY x", "MACROBUTTON x y", "GOTOBUTTON x y", 'FILLIN "x"', 'ASK x "y"',
    "PRINT x", "ADDIN x", "CONTROL x", "HTMLCONTROL x", "RD x.docx", "UNHEARD x", 'HYPERLINK "file:///x"',
    'HYPERLINK "\\\\host\\x"', "HYPERLINK javascript:x", 'HYPERLINK \\n "ms-word:x"', "  INCLUDETEXT\u00a0x",
)  # fmt: skip


@pytest.mark.parametrize("instruction", QUIET)
def test_a_field_that_works_out_a_value_stays(instruction: str) -> None:
    made = fill_template(with_body(field(instruction.replace('"', "&quot;"))), asked(), load_language("zh"))
    with ZipFile(BytesIO(made)) as opened:
        assert instruction.split(maxsplit=1)[0] in opened.read("word/document.xml").decode()


@pytest.mark.parametrize("place", ["word/document.xml", "word/header1.xml"])
@pytest.mark.parametrize("instruction", FETCHES)
def test_a_field_that_fetches_or_starts_something_is_refused(instruction: str, place: str) -> None:
    """However it is written: in one run or in many, as an attribute, inside another, or never ended."""
    written = instruction.replace('"', "&quot;")
    middle = len(written.split("&")[0].split("\u00a0")[0]) // 2
    spread = field(written[:middle], written[middle : middle + 1], written[middle + 1 :])
    open_ended = run_of('<w:fldChar w:fldCharType="begin"/>') + run_of(f"<w:instrText>{written}</w:instrText>")
    for inside in (
        field(written),
        spread,
        open_ended,
        f'<w:fldSimple w:instr="{written}"><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        field("IF 1 = 1 ", result=field(written)),
        f"<w:del>{field(written).replace('instrText', 'delInstrText')}</w:del>",
    ):
        message = trouble(with_body(inside, place))
        assert message.startswith("The template is not opened: "), message
        assert "field" in message or "link" in message, message


def test_a_field_in_the_instruction_of_another() -> None:
    begin, end = (run_of(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "end"))
    codes = run_of("<w:instrText>INCLUDETEXT x</w:instrText>")
    assert "INCLUDETEXT" in trouble(
        with_body(f"{begin}{run_of('<w:instrText>IF </w:instrText>')}{begin}{codes}{end}{end}")
    )
    # A name that another field works out is known to nobody.
    named = f"{begin}{field('QUOTE 68 68 69')}{run_of('<w:instrText> x y</w:instrText>')}{end}"
    assert "works out" in trouble(with_body(named))


@pytest.mark.parametrize(
    "instruction",
    ["{{ 'INCLUDE' }}TEXT x", "{{ ['D','D','E']|join }} x", "{% if 1 %}DDEAUTO{% endif %} x", "DDE{# #}AUTO x y"],
)
def test_a_field_that_the_template_puts_together_is_refused(instruction: str) -> None:
    message = trouble(with_body(field(instruction)))
    assert "field" in message


def test_a_form_is_looked_through_when_it_is_made() -> None:
    """What is harmless in the template may become a field in the form: its name stands in several values."""
    fill_template(with_body(field("QUOTE {{ place }}")), asked(), load_language("zh"))
    with pytest.raises(CannotRunError):
        examine_made_file(with_body(field("DDEAUTO x y")))


@pytest.mark.parametrize(
    "inside",
    [
        '<w:altChunk r:id="rId1" xmlns:r="http://x/r"/>',
        '<w:object><o:OLEObject xmlns:o="urn:o" Type="Link" ProgID="x"/></w:object>',
        '<w:r><w:object><w:control r:id="rId1" xmlns:r="http://x/r"/></w:object></w:r>',
        '<w:subDoc r:id="rId1" xmlns:r="http://x/r"/>',
        '<a:hlinkClick xmlns:a="urn:a" action="ppaction://program"/>',
        '<a:hlinkHover xmlns:a="urn:a" action="ppaction://hlinkfile"/>',
        '<v:shape xmlns:v="urn:v" href="file:///x"/>',
        '<v:imagedata xmlns:v="urn:v" src="http://127.0.0.1:9/x.png"/>',
        '<w:ffData><w:entryMacro w:val="x"/></w:ffData>',
        '<wp15:webVideoPr xmlns:wp15="urn:w" embeddedHtml="&lt;iframe/&gt;"/>',
    ],
)
def test_an_element_that_acts_is_refused(inside: str) -> None:
    assert trouble(with_body(inside)).startswith("The template is not opened: ")


def related(kind: str, target: str, mode: str = "", name: str = "word/_rels/document.xml.rels") -> bytes:
    added = f'<Relationship Id="r77" Type="http://x/relationships/{kind}" Target="{target}"{mode}/>'

    def change(parts: dict[str, bytes]) -> None:
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[name] = parts.get(name, empty).replace(b"</Relationships>", f"{added}</Relationships>".encode())

    return rebuilt(change)


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("aFChunk", "chunk.htm", ""),
        ("oleObject", "embeddings/x.bin", ""),
        ("package", "embeddings/x.xlsx", ""),
        ("control", "activeX.xml", ""),
        ("attachedTemplate", "x.dotx", ""),
        ("mailMergeSource", "x.csv", ""),
        ("image", "http://127.0.0.1:9/x.png", ""),
        ("image", "\\\\host\\x.png", ""),
        ("hyperlink", "file:///x", ' TargetMode="External"'),
        ("hyperlink", "javascript:x", ' TargetMode="External"'),
        ("hyperlink", "\\\\host\\x", ' TargetMode="External"'),
        ("hyperlink", "ms-excel:ofe|u|x", ' TargetMode="External"'),
        ("frame", "http://127.0.0.1:9/", ' TargetMode="External"'),
        ("unheard", "http://127.0.0.1:9/", ' TargetMode="External"'),
    ],
)
@pytest.mark.parametrize("name", ["word/_rels/document.xml.rels", "word/_rels/settings.xml.rels", "_rels/.rels"])
def test_a_part_that_acts_or_lies_elsewhere_is_refused(kind: str, target: str, mode: str, name: str) -> None:
    assert trouble(related(kind, target, mode, name)).startswith("The template is not opened: ")


def test_xml_under_any_name_is_looked_through() -> None:
    inside = f'<w:hdr xmlns:w="{WORD}"><w:p>{field("DDEAUTO x y")}</w:p></w:hdr>'.encode()
    assert "DDEAUTO" in trouble(rebuilt(put("word/header.bin", inside)))
    assert "DDEAUTO" in trouble(rebuilt(put("word/header.bin", b"\xef\xbb\xbf\n" + inside)))
    assert "DDEAUTO" in trouble(rebuilt(put("word/header.bin", inside.decode().encode("utf-16"))))


GROWING = {
    "loops in loops": "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    "text in loops": "{% for a in range(9000) %}{% for b in range(9000) %}甲乙丙丁{% endfor %}{% endfor %}",
    "values in loops": "{% for a in sign_in %}{% for b in range(99999) %}"
    "{% for c in range(99999) %}{{ a.name }}{% endfor %}{% endfor %}{% endfor %}",
    "a text that doubles": "{% set a = 'xxxxxxxx' %}" + "{% set a = a ~ a %}" * 40 + "{{ a|length }}",
    "a text added to itself": "{% set a = 'xxxxxxxx' %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
    "a text replaced": "{% set a = 'xxxxxxxx' %}" + "{% set a = a|replace('x', 'xx') %}" * 40 + "{{ a|length }}",
    "nothing replaced": "{% set a = 'xxxxxxxx' %}" + "{% set a = a|replace('', a) %}" * 9 + "{{ a|length }}",
    "a list that doubles": "{% set a = [1, 2] %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
    "lists in lists": "{% set a = [1, 2] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}",
    "rows in rows": "{% set a = {'b': 1} %}" + "{% set a = {'b': a, 'c': a} %}" * 40 + "{{ a }}",
    "joined by a long text": "{% set a = range(9000)|join('xxxxxxxxx') %}{{ range(90000)|join(a)|length }}",
    "mapped and joined": "{% set a = range(9000)|join('x') %}{{ range(90000)|map('string')|join(a)|length }}",
    "a number squared": "{% set a = 99999 %}" + "{% set a = a * a %}" * 40 + "{{ a }}",
    "rounded to many digits": "{{ 5|round(-999999999) }}",
    "a macro that calls itself twice": "{% macro m(n) %}x{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
    "{% endmacro %}{{ m(60) }}",
    "a loop that calls itself": "{% for a in [[[1]]] recursive %}{% for b in range(99999) %}{% for c in range(99999) %}"
    "{% endfor %}{% endfor %}{% endfor %}",
    "compared in a loop": "{% set a = range(99999)|list %}{% for b in range(99999) %}{% if -1 in a %}{% endif %}"
    "{% endfor %}",
    "sorted in a loop": "{% set a = range(99999)|list %}{% for b in range(99999) %}{% set c = a|sort %}{% endfor %}",
    "cut in a loop": "{% set a = range(99999)|list %}{% for b in range(99999) %}{% set c = a[1:] %}{% endfor %}",
    "unrolled": "{% set a = range(99999) %}{% for b in a %}{% set c = a|list %}{% endfor %}",
}


@pytest.mark.parametrize("words", GROWING.values(), ids=GROWING)
def test_what_grows_without_end_is_refused(words: str) -> None:
    """Each stops after a bounded amount of work, counted in steps and not by a clock."""
    message = trouble(template(words))
    assert "far too much" in message or "cannot be filled in" in message
    chinese = trouble(template(words), "zh")
    assert chinese.startswith("模板")


def test_a_large_register_is_filled_in() -> None:
    rows = (("{%tr for each in range(2500) %}", ""), ("{{ each }}", "{{ each|string ~ '号' }}"), ("{%tr endfor %}", ""))
    made = filled(template("x", rows=rows))
    assert len(made.tables[0].rows) == 2500
