"""Findings as GitHub annotations, GitLab code quality and JUnit.

``prefix`` is the record root's path within the repository, empty or ending in ``/``; it is put before every path.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.formats.code_frame import format_summary_text
from dangwu.formats.json_text import format_json
from dangwu.formats.safe_text import make_one_line, make_safe_text
from dangwu.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.language import Language
    from dangwu.model.finding import Finding
    from dangwu.model.results import CheckResult

_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GITLAB_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render_github(checked: CheckResult, lang: Language, prefix: str = "") -> str:
    """Return workflow commands, which GitHub shows beside the lines of a pull request."""
    return "".join(format_annotation(finding, lang, prefix) for finding in checked.findings)


def format_annotation(finding: Finding, lang: Language, prefix: str = "") -> str:
    """Return one workflow command; a finding without a file belongs to the whole run."""
    source = finding.source
    place = {"file": prefix + source.path, "line": str(max(1, source.line)), "col": str(max(1, source.column))}
    properties = (place if source.path else {}) | {"title": f"{finding.code.id} {finding.code.name}"}
    return format_workflow_command(_GITHUB_LEVELS[finding.severity], properties, format_finding_message(finding, lang))


def format_workflow_command(level: str, properties: Mapping[str, str], message: str) -> str:
    """Return a workflow command of GitHub with its escapes."""
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{_escape_data(message)}\n"


def render_gitlab(checked: CheckResult, lang: Language, prefix: str = "") -> str:
    """Return the findings as a GitLab code quality report."""
    return format_json(
        [
            {
                "description": format_finding_message(finding, lang),
                "check_name": f"{finding.code.id} {finding.code.name}",
                "fingerprint": fingerprint,
                "severity": _GITLAB_SEVERITIES[finding.severity],
                "location": {
                    "path": prefix + finding.source.path,
                    "lines": {"begin": max(1, finding.source.line)},
                },
            }
            for finding, fingerprint in compute_fingerprints(checked.findings)
        ]
    )


def render_junit(checked: CheckResult, lang: Language, prefix: str = "") -> str:
    """Return the findings as JUnit XML: errors are failures, warnings and notes passed cases with their text."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415

    errors = checked.counts[Severity.ERROR]
    cases = max(1, len(checked.findings))
    counts = {"tests": str(cases), "failures": str(errors), "errors": "0", "skipped": "0"}
    top = ET.Element("testsuites", {"name": "dangwu", **counts})
    suite = ET.SubElement(top, "testsuite", {"name": "dangwu check", **counts})
    for finding in checked.findings:
        place = make_safe_text(f"{prefix}{finding.source.path}")
        where = f"{place}:{finding.source.line}:{finding.source.column}"
        name = f"{finding.code.id} {finding.code.name} {where}"
        case = ET.SubElement(suite, "testcase", {"classname": place, "name": name, "file": place})
        message = format_finding_message(finding, lang)
        if finding.severity is Severity.ERROR:
            kind = {"type": finding.severity.value, "message": message.split("\n", 1)[0]}
            ET.SubElement(case, "failure", kind).text = f"{where}\n{message}"
        else:
            ET.SubElement(case, "system-out").text = f"{finding.severity.value}: {where}\n{message}"
    if not checked.findings:
        ET.SubElement(suite, "testcase", {"classname": "dangwu", "name": format_summary_text(checked, lang)})
    ET.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def format_finding_message(finding: Finding, lang: Language) -> str:
    """Return message and next step, each on a line."""
    message = make_one_line(lang.text(finding.message))
    return f"{message}\n{make_one_line(lang.text(finding.next_step))}" if finding.next_step else message


def compute_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with a hash of code, file, subject and number among equal ones, stable when lines move."""
    from hashlib import sha256  # noqa: PLC0415

    counts: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.code.id, finding.source.path, finding.subject or "")
        counts[key] += 1
        joined = "\0".join((*key, str(counts[key])))
        yield finding, sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(make_safe_text(text)).replace(":", "%3A").replace(",", "%2C")
