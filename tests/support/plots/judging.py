"""Judges what the installed command says of a history: whether an honest one is left alone, and a fake told."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any

from dangwu.cli.main import main
from dangwu.parse.yaml import parse_yaml
from tests.support import random_histories
from tests.support.run import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.support.plots.plot import Event, Plot

HERE = Path(__file__).parents[2] / "histories"
RANKS = ("note", "warning", "error")


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a reading: ``wrong`` is a line each, empty where all is well; ``story`` is how it came about.

    ``codes`` are those behind the lines, ``kinds`` what happened in the history.
    """

    seed: str
    kind: str | None
    wrong: tuple[str, ...]
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    found: tuple[str, ...]
    story: tuple[str, ...]

    def __str__(self) -> str:
        again = f"python tests/bench/honest_and_faked.py --again {self.kind or 'honest'}/{self.seed}"
        return "\n".join((*self.wrong, "", *self.story, "", "found:", *self.found, "", f"again: {again}"))


@cache
def load_table(name: str) -> dict[str, dict[str, Any]]:
    """Return a table of tests/histories by the kind that each of its rows is of."""
    rows: list[dict[str, Any]] = parse_yaml((HERE / name).read_text(encoding="utf-8"))[0]
    return {row["kind"]: row for row in rows}


def judge(seed: str, kind: str | None, folder: Path) -> Verdict:
    """Make a history below a folder, let the command audit it, and judge what that says."""
    plot = random_histories.make(seed, kind)
    said = _audited(plot, folder)
    findings: list[dict[str, Any]] = said.json()["findings"] if said.out else []
    wrong = list(_judge_fake(plot, kind, said, findings) if kind else _judge_honest(plot, said, findings))
    if said.out:
        wrong += [("marks", line) for line in _judge_marks(plot, said.json()["marks"])]
    return Verdict(
        seed,
        kind,
        tuple(line for _, line in wrong),
        tuple(code for code, _ in wrong),
        tuple(sorted({event.kind for event in plot.events})),
        tuple(_describe(each) for each in findings) + tuple(said.err.splitlines()),
        tuple(plot.story),
    )


def _audited(plot: Plot, folder: Path) -> Result:
    plot.objects.save(folder)
    records = folder / plot.main.prefix
    records.mkdir(parents=True, exist_ok=True)
    (records / "branch.yaml").write_text(plot.text("branch.yaml"), encoding="utf-8")
    words = [word for each in plot.reviewers for word in ("--reviewer", each)]
    for name, option, text in (
        ("anchors", "--since-anchor", "\n".join(plot.anchors)),
        ("keys", "--signers", plot.signers),
    ):
        if text:
            (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
            words += [option, str(folder / f"{name}.txt")]
    front = ("-C", str(records), "--lang", "en", "--as-of", str(random_histories.AS_OF))
    return _asked(*front, "audit", "--format", "json", *words)


def _asked(*words: str) -> Result:
    """Run the command in this process, which is one that does nothing else: thousands of starts would take an hour."""
    with TemporaryFile() as out, TemporaryFile() as err:
        _flush()
        kept = [(handle, os.dup(handle), file) for handle, file in ((1, out), (2, err))]
        for handle, _, file in kept:
            os.dup2(file.fileno(), handle)
        try:
            code = main(words)
        finally:
            _flush()
            for handle, copy, _ in kept:
                os.dup2(copy, handle)
                os.close(copy)
        gc.collect()
        for file in (out, err):
            file.seek(0)
        said = Result(code, out.read().decode(), err.read().decode())
    assert said.out or code not in {0, 1}, said
    return said


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def judge_name(name: str, keep: str | None = None) -> Verdict:
    """Judge a history by its name, ``honest/SEED`` or a kind of fake and the seed; ``keep`` is where it stays."""
    kind, _, seed = name.rpartition("/")
    with TemporaryDirectory(prefix="plot-") as scratch:
        return judge(seed, None if kind == "honest" else kind, Path(keep or scratch) / "支部 记录")


def _judge_honest(plot: Plot, said: Result, findings: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    if said.code not in {0, 1}:
        yield "refused", f"the command ends with {said.code}: {said.err}"
    told: dict[tuple[str, str, str], set[int]] = {}
    for number, finding in enumerate(findings):
        events = [event for event in plot.events if _is_about(plot, event, finding)]
        rows = [load_table("allowed.yaml")[event.kind] for event in events]
        if any({finding["code"], "any"} & {*row.get("never", ())} for row in rows):
            yield finding["code"], f"must not be told: {_describe(finding)}"
        elif RANKS.index(finding["severity"]) > 0 and not any(finding["code"] in row["codes"] for row in rows):
            yield finding["code"], f"nothing that happened allows: {_describe(finding)}"
        for event, row in zip(events, rows, strict=True):
            if row.get("once") and finding["code"] in row["codes"]:
                key = (finding["code"], finding["commit"] or "", event.kind)
                told.setdefault(key, set()).add(number)
    for (code, commit, kind), numbers in told.items():
        if len(numbers) > 1:
            yield f"{code} heap", f"{len(numbers)} times {code} for one commit ({kind}, {commit[:12]})"


def _is_about(plot: Plot, event: Event, finding: dict[str, Any]) -> bool:
    """Tell whether a finding is on a record or a commit of an event; one without either is of all."""
    places = {*event.paths, *map(plot.final_path, event.paths)}
    if not event.paths and not event.commits:
        return True
    return bool(places & {*_paths(finding)}) or (not event.paths and finding["commit"] in event.commits)


def _paths(finding: dict[str, Any]) -> list[str]:
    return [finding["path"] or "", *(each["path"] for each in finding["related"])]


def _judge_fake(plot: Plot, kind: str, said: Result, findings: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield a line where nothing that is found tells the fake as the table says."""
    assert plot.faked, f"{kind} was not planted"
    row = load_table("fakes.yaml")[kind]
    places = {*plot.faked, *map(plot.final_path, plot.faked)}
    near = [each for each in findings if places & {*_paths(each), each["commit"], *_joined(row, each)}]
    fitting = [each for each in near if row["codes"] == "any" or each["code"] in row["codes"]]
    least = RANKS.index(row.get("least", "note"))
    words = row.get("words") and (said.code == 2 or said.err)
    if not words and not any(RANKS.index(each["severity"]) >= least for each in fitting):
        yield "silent", f"{kind} is not told as it shall be ({row['codes']}); near it is: {list(map(_describe, near))}"


def _joined(row: dict[str, Any], finding: dict[str, Any]) -> list[str]:
    """Return the commits that one finding joins, where the table says that it is one for all of them."""
    return [each["commit"] or "" for each in finding["evidence"]] if row.get("joined") == finding["code"] else []


def _judge_marks(plot: Plot, marks: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each review that counts as another's and is not, or the other way round."""
    for commit, another in plot.marks.items():
        if commit not in (plot.faked or plot.marks):
            continue
        strengths = {mark["strength"] for mark in marks if mark["commit"] == commit and mark["kind"] == "trailer"}
        if another is not bool(strengths & {"merged", "signed"}):
            whose = "another's" if another else "not another's"
            yield f"the review in {commit[:12]} is {whose}, and counts as {sorted(strengths)}"


def _describe(finding: dict[str, Any]) -> str:
    place = f"{finding['path'] or '-'} {(finding['commit'] or '')[:12]}"
    return f"{finding['severity']} {finding['code']} {place} {finding['message']}"
