"""Findings for machines: GitHub annotations, GitLab code quality and JUnit. SARIF has its own module.

``prefix`` is the record root's place in the repository, empty or ending in ``/``; it stands before every path.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.formats.code_frame import summary_text
from dangwu.formats.json_text import json_text
from dangwu.formats.safe_text import one_line, safe_text
from dangwu.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.language import Language
    from dangwu.model.finding import Finding
    from dangwu.model.results import Checked

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def github(checked: Checked, lang: Language, prefix: str = "") -> str:
    """Return workflow commands that GitHub shows beside the lines of a pull request."""
    return "".join(annotation(finding, lang, prefix) for finding in checked.findings)


def annotation(finding: Finding, lang: Language, prefix: str = "") -> str:
    """Return one workflow command; a finding of no file is one of the whole run."""
    source = finding.source
    place = {"file": prefix + source.path, "line": str(max(1, source.line)), "col": str(max(1, source.column))}
    properties = (place if source.path else {}) | {"title": f"{finding.code.id} {finding.code.name}"}
    return command(_GITHUB[finding.severity], properties, message_of(finding, lang))


def command(level: str, properties: Mapping[str, str], message: str) -> str:
    """Return a workflow command of GitHub, escaped as it asks for."""
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{_data(message)}\n"


def gitlab(checked: Checked, lang: Language, prefix: str = "") -> str:
    """Return the findings as a GitLab code quality report."""
    return json_text(
        [
            {
                "description": message_of(finding, lang),
                "check_name": f"{finding.code.id} {finding.code.name}",
                "fingerprint": fingerprint,
                "severity": _GITLAB[finding.severity],
                "location": {
                    "path": prefix + finding.source.path,
                    "lines": {"begin": max(1, finding.source.line)},
                },
            }
            for finding, fingerprint in fingerprints(checked.findings)
        ]
    )


def junit(checked: Checked, lang: Language, prefix: str = "") -> str:
    """Return the findings as JUnit XML: errors fail, warnings and notes are passed cases with their text."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415

    errors = checked.counts[Severity.ERROR]
    cases = max(1, len(checked.findings))
    counts = {"tests": str(cases), "failures": str(errors), "errors": "0", "skipped": "0"}
    top = ET.Element("testsuites", {"name": "dangwu", **counts})
    suite = ET.SubElement(top, "testsuite", {"name": "dangwu check", **counts})
    for finding in checked.findings:
        place = safe_text(f"{prefix}{finding.source.path}")
        where = f"{place}:{finding.source.line}:{finding.source.column}"
        name = f"{finding.code.id} {finding.code.name} {where}"
        case = ET.SubElement(suite, "testcase", {"classname": place, "name": name, "file": place})
        message = message_of(finding, lang)
        if finding.severity is Severity.ERROR:
            kind = {"type": finding.severity.value, "message": message.split("\n", 1)[0]}
            ET.SubElement(case, "failure", kind).text = f"{where}\n{message}"
        else:
            ET.SubElement(case, "system-out").text = f"{finding.severity.value}: {where}\n{message}"
    if not checked.findings:
        ET.SubElement(suite, "testcase", {"classname": "dangwu", "name": summary_text(checked, lang)})
    ET.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def message_of(finding: Finding, lang: Language) -> str:
    """Return message and next step, a line each."""
    message = one_line(lang.text(finding.message))
    return f"{message}\n{one_line(lang.text(finding.hint))}" if finding.hint else message


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with a name that stays when lines move: code, file, subject, and which of several it is."""
    from hashlib import sha256  # noqa: PLC0415

    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.code.id, finding.source.path, finding.subject or "")
        seen[key] += 1
        joined = "\0".join((*key, str(seen[key])))
        yield finding, sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(safe_text(text)).replace(":", "%3A").replace(",", "%2C")
