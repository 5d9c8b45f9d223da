"""Findings as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import format_json
from dangwu.formats.machine.forges import compute_fingerprints, format_finding_message
from dangwu.formats.safe_text import make_one_line
from dangwu.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.language import Language
    from dangwu.model.finding import Finding, FindingCode, Source
    from dangwu.model.record import Acceptance
    from dangwu.model.results import CheckResult

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render_sarif(
    checked: CheckResult,
    lang: Language,
    prefix: str = "",
    *,
    version: str = "",
    codes: Sequence[FindingCode] = (),
    helps: Mapping[str, str] | None = None,
) -> str:
    """Return the findings as one run; accepted findings are suppressed results with their justification.

    ``codes`` and the codes of all findings are listed as rules; ``helps`` has the Markdown page of a code by its id.
    """
    all_findings = [*checked.findings, *(finding for finding, _ in checked.accepted)]
    rules = sorted({code.id: code for code in (*codes, *(one.code for one in all_findings))}.items())
    index = {id_: number for number, (id_, _) in enumerate(rules)}
    accepted: dict[int, Acceptance] = {id(finding): acceptance for finding, acceptance in checked.accepted}
    results = [
        _build_result(
            finding,
            lang,
            prefix,
            rule=index[finding.code.id],
            fingerprint=fingerprint,
            acceptance=accepted.get(id(finding)),
        )
        for finding, fingerprint in compute_fingerprints(all_findings)
    ]
    driver: dict[str, Any] = {"name": "dangwu", "rules": [_build_rule(code, lang, helps or {}) for _, code in rules]}
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "language": "zh-CN" if lang.code == "zh" else "en-US",
        "results": results,
    }
    return format_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _build_rule(code: FindingCode, lang: Language, helps: Mapping[str, str]) -> dict[str, Any]:
    title = make_one_line(lang.text(code.title))
    page = helps.get(code.id)
    properties: dict[str, Any] = {"tags": ["records"]}
    if code.clause:
        properties["clause"] = code.clause
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": page or f"{title}\n\ndangwu explain {code.id}"} | ({"markdown": page} if page else {}),
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "properties": properties,
    }


def _build_result(
    finding: Finding, lang: Language, prefix: str, *, rule: int, fingerprint: str, acceptance: Acceptance | None
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": format_finding_message(finding, lang)},
        "locations": [{"physicalLocation": _build_location(finding.source, prefix)}],
        "partialFingerprints": {"dangwuFinding/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _build_location(place.source, prefix),
                "message": {"text": make_one_line(lang.text(place.message))},
            }
            for number, place in enumerate(finding.related, 1)
        ]
    if finding.clause:
        # Elsewhere the clause is that of the rule.
        result["properties"] = {"clause": finding.clause}
    if acceptance is not None:
        result["suppressions"] = [{"kind": "external", "justification": make_one_line(acceptance.reason)}]
    return result


def _build_location(source: Source, prefix: str) -> dict[str, Any]:
    from urllib.parse import quote  # noqa: PLC0415

    uri = quote(_encode_path(prefix + source.path), safe="/")
    region = {"startLine": max(1, source.line), "startColumn": max(1, source.column)}
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}


def _encode_path(path: str) -> bytes:
    """Return the bytes of a path as git and the disk have them, also of one that is no UTF-8."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # A name of Windows with half a character.
        return path.encode("utf-8", "surrogatepass")
