"""What the old build's samples hold, so that a case can be made for each record, code, clause, duty and register."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZipFile

from tests.bench.outputs_build import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.outputs_build import Build, Offer

_KIND = re.compile(r"^kind: ([\w-]+)", re.MULTILINE)
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
    ' Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
}
"""The smallest workbook: its parts but for the sheet."""
_WORD = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": _PARTS["_rels/.rels"].replace("xl/workbook.xml", "word/document.xml"),
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>{{ branch_name }} {{ form_title }} {{ date }} {{ place }} {{ counts.due }}</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>{%p for each in sign_in %}</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>{{ each.number }} {{ each.name }} {{ each.mark }}</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p></w:body></w:document>",
}
"""The smallest Word template for the minutes of a meeting."""


_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIJl3dIeudNqd0DPMRD6OIh65tjkxFNOtwGcWB2gCgp8a"
"""A public key of nobody: no commit of the samples is signed."""


class Found(NamedTuple):
    """What there is to ask for: kind → its records; the kinds with a form; codes, clauses, ids of duties, registers."""

    records: dict[str, list[str]]
    kinds: list[str]
    codes: list[str]
    clauses: list[str]
    duties: list[str]
    registers: list[str]


def found(build: Build, root: Path) -> Found:
    """Ask the old build what its sample holds."""
    sarif = _asked(build, root, "check", "--format", "sarif", "--fail-on", "never")
    duties: dict[tuple[str, int, str], str] = {}
    for duty in _asked(build, root, "due", "--format", "json", "--audience", "handlers")["duties"]:
        duties.setdefault(((duty["subject"] or "")[:1], duty["system"], duty["state"]), duty["id"])
    return Found(
        records=_records(root / "zh"),
        kinds=sorted(path.stem for path in (root / "zh" / ".dangwu" / "schema").glob("*.json")),
        codes=[rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]],
        clauses=[clause["clause"] for clause in _asked(build, root, "rules", "--format", "json")["clauses"]],
        duties=list(duties.values()),
        registers=_registers(build, root),
    )


def _asked(build: Build, root: Path, *words: str) -> Any:
    answer = build.run(root, ["--as-of", DAY, "--lang", "en", *words], root / "zh")
    if answer.code != 0:
        raise LookupError(f"{build.name}: dangwu {' '.join(words)}: exit {answer.code}\n{answer.err.decode()}")
    return json.loads(answer.out)


def _records(world: Path) -> dict[str, list[str]]:
    """Return the paths of records by kind, the newest first."""
    records: dict[str, list[str]] = {}
    for path in sorted((each for each in world.glob("**/*") if each.suffix in {".md", ".yaml"}), reverse=True):
        kind = _KIND.search(path.read_text(encoding="utf-8"))
        name = path.relative_to(world).as_posix()
        if kind and not name.startswith("."):
            records.setdefault(kind[1], []).append(name)
    return records


def _registers(build: Build, root: Path) -> list[str]:
    """Return the names of the registers: the old build lists them when it is asked for one that there is not."""
    answer = build.run(root, ["--as-of", DAY, "--lang", "en", "export", "registers", "--register", "-"], root / "zh")
    listed = re.search(r"choose one of ([\w, -]+)", answer.err.decode())
    if listed is None:
        raise LookupError(f"{build.name}: the registers are not listed\n{answer.err.decode()}")
    return listed[1].split(", ")


def make_sheets(build: Build, offer: Offer, root: Path, into: Path) -> None:
    """Have the old build export what import reads back, and edit it: as CSV and as a workbook, good and bad."""
    into.mkdir()
    for sheet in offer.choices("import"):
        answer = build.run(root, ["--as-of", DAY, "--lang", "zh", "export", sheet, "--format", "csv"], root / "zh")
        if answer.code != 0:
            raise LookupError(f"{build.name}: export {sheet}: exit {answer.code}\n{answer.err.decode()}")
        rows = list(csv.reader(io.StringIO(answer.out.decode("utf-8-sig"))))
        for name, made in (("same", rows), ("good", _edited(sheet, rows)), ("bad", _spoiled(rows))):
            text = io.StringIO()
            csv.writer(text).writerows(made)
            (into / f"{sheet}-{name}.csv").write_text(text.getvalue(), encoding="utf-8")
            _zipped(into / f"{sheet}-{name}.xlsx", {**_PARTS, "xl/worksheets/sheet1.xml": _sheet(made)})
    _zipped(into / "minutes.docx", _WORD)
    anchor = build.run(root, ["--as-of", DAY, "--lang", "zh", "audit", "anchor", "--rev", "HEAD~50"], root / "zh")
    (into / "anchors").write_bytes(anchor.out)
    (into / "signers").write_text(f"office@example.org ssh-ed25519 {_KEY}\n")


def _edited(sheet: str, rows: list[list[str]]) -> list[list[str]]:
    """Change what may be changed, and add a row where rows may be added."""
    head, first, *rest = rows
    changed = dict(zip(head, first, strict=True))
    more: list[list[str]] = []
    if sheet == "members":
        changed["入党日期"] = "2011-07-01"
        more = [["m077", "新来者", "2020-01-02", "2021-01-02", "正式党员", "2026-11-01", "第一党小组", "2026-11-01"]]
    elif sheet == "dues":
        changed["交纳日期"] = "2026-01-09"
    elif sheet == "attendance":
        changed["出勤"] = "缺席"
    else:
        changed["内容"] = "另一条目标"
    return [head, [changed[name] for name in head], *rest, *more]


def _spoiled(rows: list[list[str]]) -> list[list[str]]:
    """Make problems of many sorts: an unknown head, a wrong day, an unknown person, a row that is too long."""
    head, *rest = [list(row) for row in rows]
    head[-1] = "备 注？"
    for at, row in enumerate(rest[:8]):
        row[at % len(row)] = ("2026-13-45", "m999", "无此人", "=1+1", "12%")[at % 5]
    return [head, *rest, [*rest[0], "多", "余"], ["合计", *[""] * (len(head) - 1)]]


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    cells = (
        "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' for cell in row)
        for row in rows
    )
    lines = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1))
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )


def _zipped(path: Path, parts: dict[str, str]) -> None:
    with ZipFile(path, "w") as opened:
        for name, text in parts.items():
            opened.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
