"""Each small history is read as a person would read it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.git.repository import find_record_root, require_repository
from dangwu.language import LANGUAGES, load_language
from dangwu.model.audience import Audience
from dangwu.parse.yaml import parse_yaml
from dangwu.workspace.anchor_file import read_anchors
from dangwu.workspace.audit import audit_history, build_last_anchor, build_record_log
from dangwu.workspace.code_list import list_audit_codes
from dangwu.workspace.history import RepositoryHistory, find_known_recorded_days
from dangwu.workspace.load import load_workspace
from dangwu.workspace.open_tree import open_tree
from tests.histories.acting import History, path_of
from tests.support.gitrepo import GitRepo
from tests.support.run import en

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.model.message import Text
    from dangwu.model.observation import AuditResult, LogEntry, Observation

AS_OF = date(2026, 9, 30)
SAID = Path(__file__).parents[1] / "histories" / "said.txt"
"""What is said of each history, in English: the words, the evidence, and the days of the commits they name."""
COMMIT = re.compile(r"\b[0-9a-f]{7,40}\b")
HISTORIES = Path(__file__).parents[1] / "histories" / "histories.yaml"
CASES: list[dict[str, Any]] = parse_yaml(HISTORIES.read_text(encoding="utf-8"))[0]
ELSEWHERE = {"DW974", "DW976", "DW987"}
"""What takes keys to show: tests/cli/test_accept.py and tests/cli/test_key_list.py."""
WORDS = {"created": "recorded", "recreated": "brought back"}


def past(folder: Path, reviewers: Sequence[str] = ()) -> RepositoryHistory:
    return RepositoryHistory(require_repository(find_record_root(folder)), reviewers=reviewers)


def take_anchor(folder: Path, day: str) -> str:
    return build_last_anchor(past(folder), date.fromisoformat(day)).line


def played(case: dict[str, Any], folder: Path) -> History:
    history = History(folder / "支部 记录", take_anchor)
    for step in case["steps"]:
        history.play(step)
    return history


def judged(history: History, folder: Path, reviewers: Sequence[str] = ()) -> AuditResult:
    read = past(history.repo.path, reviewers)
    kept = folder / "anchors"
    kept.write_text("\n".join(["# 云栖镇党委", "", *history.anchors]), encoding="utf-8")
    return audit_history(read, AS_OF, anchors=read_anchors(kept, read).own if history.anchors else ())


def told(audited: AuditResult) -> list[str]:
    found = []
    for each in audited.observed:
        path = each.finding.source.path
        named = (
            path.rpartition("/")[2].removesuffix(".md").replace("-group-meeting-g1", "") if "meetings" in path else path
        )
        found.append(f"{each.finding.code.id} {named or '-'} {each.strength.value}")
    return found


def evidence(observation: Observation, _: RepositoryHistory) -> list[str]:
    return [f"{piece.strength.value} {piece.day}" for piece in observation.traces]


def commit_day(observation: Observation, read: RepositoryHistory) -> str:
    commits = read.graph.commits
    return next(str(commit.committer.day) for commit in commits if commit.id == observation.commit)


def message(observation: Observation, _: RepositoryHistory) -> str:
    return load_language("en").text(observation.finding.message)


def records(observation: Observation, _: RepositoryHistory) -> list[str]:
    return [place.source.path.rpartition("/")[2][:10] for place in observation.finding.related]


def reason(observation: Observation, _: RepositoryHistory) -> str | None:
    return observation.reason


TELLING = {"evidence": evidence, "at": commit_day, "message": message, "records": records, "reason": reason}
"""What a case may say of the one observation of a code: its evidence, the day of its commit, its words, its records."""


def turn(entry: LogEntry) -> str:
    word = WORDS.get(entry.turn.value, entry.turn.value)
    parts = [word, str(entry.commit.committer.day), "merged" if entry.merged else "", "reviewed" if entry.seen else ""]
    return " ".join(each for each in parts if each)


@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_a_history_is_read_rightly(case: dict[str, Any], tmp_path: Path) -> None:
    history = played(case, tmp_path)
    audited = judged(history, tmp_path, case.get("reviewers", ()))
    assert Counter(told(audited)) == Counter(case["finds"])
    read = past(history.repo.path)
    for name, day in case.get("recorded", {}).items():
        assert str(read.recorded[path_of(str(name))]) == str(day), name
    now = load_workspace(open_tree(find_record_root(history.repo.path)))
    known = find_known_recorded_days(read.repository, "HEAD", now.corpus.meetings)
    for name, day in case.get("known", {}).items():
        assert str(known[path_of(str(name))] or "not known") == str(day), name
    for name, turns in case.get("log", {}).items():
        life, _ = build_record_log(read, path_of(str(name)), AS_OF, Audience.COMMITTEE)
        assert [turn(each) for each in life.entries] == turns
    for code, strength in case.get("words", {}).items():
        traces = [one for each in audited.observed if each.finding.code.id == code for one in each.traces]
        assert strength in {each.strength.value for each in traces}
    for key, tell in TELLING.items():
        for code, wanted in case.get(key, {}).items():
            assert [tell(each, read) for each in audited.observed if each.finding.code.id == code] == [wanted]
    if "kept" in case:
        (lost,) = [each for each in audited.observed if each.finding.code.id == "DW973"]
        assert any("has the same files" in load_language("en").text(each.text) for each in lost.traces) is case["kept"]
    days = {commit.id: commit.committer.day for commit in read.graph.commits}
    assert [line for each in audited.observed for line in describe(each, days)] == _listed()[case["name"]]
    for each in audited.observed:
        sentences = [each.finding.message, each.finding.hint, *(one.text for one in each.traces)]
        assert all("{" not in load_language(lang).text(one) for lang in LANGUAGES for one in sentences if one)


@cache
def _listed() -> dict[str, list[str]]:
    parts = re.split(r"^# (.+)\n", SAID.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: lines.splitlines() for name, lines in zip(parts[1::2], parts[2::2], strict=True)}


def describe(observation: Observation, days: Mapping[str, date | None]) -> list[str]:
    """Return the lines that a person reads of an observation; of an id of a commit only the length and the day."""
    english, finding = load_language("en"), observation.finding

    def write(text: Text) -> str:
        return COMMIT.sub(lambda found: f"<{len(found[0])}>", english.text(text))

    place = f"{finding.source.path or '-'}:{finding.source.line}"
    at = days.get(observation.commit or "", observation.commit and "elsewhere")
    yielded = [f"{finding.code.id} {place} {observation.strength.value} at {at}", f"  {write(finding.message)}"]
    yielded += [f"  + {place.source.path}: {write(place.message)}" for place in finding.related]
    yielded += [f"  > {write(finding.hint)}"] if finding.hint else []
    for piece in observation.traces:
        yielded.append(f"  - {piece.strength.value} {piece.day} {write(piece.text)} at {days.get(piece.commit or '')}")
    return yielded


def test_every_code_has_a_history() -> None:
    shown = {each.split()[0] for case in CASES for each in case["finds"]}
    assert {code.id for code in list_audit_codes()} == shown | ELSEWHERE
    assert len(CASES) >= 20
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_the_command_says_the_same(tmp_path: Path) -> None:
    case = next(each for each in CASES if each["name"] == "amended after anchor")
    history = played(case, tmp_path)
    kept = tmp_path / "党委 锚点.txt"
    kept.write_text("\n".join(history.anchors), encoding="utf-8")
    clean = en("audit", cwd=history.repo.path, as_of="2026-09-30", code=0)
    assert "DW973" not in clean.out
    found = en("audit", "--since-anchor", kept, "--format", "json", cwd=history.repo.path, as_of="2026-09-30", code=1)
    document = found.json()
    assert document["schema"] == "dangwu/audit/1"
    assert [each["code"] for each in document["findings"]] == ["DW973", "DW961"]
    assert document["findings"][0]["strength"] == "anchor"
    assert len(document["cannot_prove"]) >= 4
    other = en("audit", "--year", "2025", cwd=history.repo.path, as_of="2026-09-30", code=2)
    assert "It has records of: 2026." in other.err


@pytest.mark.parametrize(
    "line",
    [
        "dangwu-anchor/1 2026-02-30 {id} {id} 3 青禾精工党支部",
        "dangwu-anchor/2 x",
        "abc",
        "dangwu-anchor/1 2026-03-01 {id} {id} 3 别的支部",
    ],
)
def test_an_anchor_that_cannot_be_read_is_never_passed_over(tmp_path: Path, line: str) -> None:
    history = played(CASES[0], tmp_path)
    kept = tmp_path / "anchors"
    kept.write_text(line.format(id="0" * 40), encoding="utf-8")
    said = en("audit", "--since-anchor", kept, cwd=history.repo.path, as_of="2026-09-30", code=2)
    assert "anchor" in said.err


def test_a_history_without_records_is_never_clean(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "空库")
    repo.commit({"README.md": "# 空\n", "docs/x.yaml": "a: 1\n"})
    for words in (("audit",), ("audit", "anchor"), ("log", "x")):
        said = en(*words, cwd=repo.path, as_of="2026-09-30", code=3)
        assert "no branch.yaml" in said.err
        assert not said.out
