"""Whoever does what ``due`` advises gets on: the duty is settled, or the near miss says what is missing."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dangwu.files.worktree import WorkTree
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.model.document import PLACEHOLDER
from dangwu.model.duty import DutyState
from dangwu.pages.wording.next_step import describe_next_steps
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import build_year_span
from tests.support.branches import base_files
from tests.support.by_hand import written
from tests.support.gitrepo import GitRepo
from tests.support.run import en, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.duty import Duty
    from dangwu.workspace.workspace import Workspace
    from tests.support.branches import Demo

EN = load_language("en")
PENDING = {DutyState.OPEN, DutyState.OVERDUE}
ASKED = {"time": "14:00-15:30", "place": "党员活动室", "topic": "本月工作"}
"""Flag → answer, for what a meeting cannot be written without."""
UNREADABLE = "the file cannot be read as a record; see dangwu check"


def read(folder: Path, before: Workspace | None = None) -> Workspace:
    """Read a branch; what is as it was before is taken from there."""
    return load_workspace(WorkTree(folder), before)


def errors(workspace: Workspace, day: date) -> set[tuple[str, str, str]]:
    found = workspace.run_checks(day).findings
    return {
        (finding.code.id, finding.source.path, EN.text(finding.message))
        for finding in found
        if finding.code.severity.value == "error"
    }


def list_pending(workspace: Workspace, day: date) -> Iterator[tuple[Duty, list[str]]]:
    """Yield one duty of each clause and pending state, with the commands that are advised."""
    seen = set()
    for year in (day.year - 1, day.year):
        result = workspace.due(day, build_year_span(year), Audience.HANDLERS)
        for duty in result.duties:
            if duty.state in PENDING and not duty.acknowledged and (duty.clause, duty.state) not in seen:
                seen.add((duty.clause, duty.state))
                steps = [*describe_next_steps(duty, result, EN)]
                assert steps, duty.id
                yield duty, [step.partition("dangwu ")[2] for step in steps if "dangwu new" in step]


def do_step(folder: Path, command: str, day: str) -> Path:
    """Run a command as printed, answer what it asks for, and write what is left for a person to write."""
    words = shlex.split(command)
    answer = en(*words, cwd=folder, as_of=day)
    while answer.code and (asked := re.search(r"--(\S+) is missing", answer.err)):
        words += [f"--{asked[1]}", ASKED[asked[1]]]
        answer = en(*words, cwd=folder, as_of=day)
    assert answer.code == 0, (command, answer.err)
    path: Path
    (path,) = (folder / name for name in re.findall(r"[\w./-]+\.(?:yaml|md)", answer.err))
    text = path.read_text(encoding="utf-8")
    if PLACEHOLDER in text:
        path.write_text(written(path.relative_to(folder).as_posix(), text, day), encoding="utf-8")
    return path


def find_duty(workspace: Workspace, wanted: Duty, day: date) -> tuple[Duty | None, list[str]]:
    """Return a duty by its id as it is now, and what is advised now."""
    result = workspace.due(day, build_year_span(wanted.period.start.year), Audience.HANDLERS)
    found = next((duty for duty in result.duties if duty.id == wanted.id), None)
    return found, [] if found is None else [*describe_next_steps(found, result, EN)]


class Start(NamedTuple):
    """A branch before any step is done, and what is wrong there already."""

    folder: Path
    day: str
    workspace: Workspace
    known: set[tuple[str, str, str]]


def try_step(start: Start, duty: Duty, command: str) -> Iterator[str]:
    """Do an advised step, and the one that is advised after it; yield what went wrong, and undo both."""
    folder, day, before, known = start
    as_of = date.fromisoformat(day)
    made = [do_step(folder, command, day)]
    after = read(folder, before)
    then, steps = find_duty(after, duty, as_of)
    if "new dues" in command and steps and "new disclosure" in steps[0]:
        made.append(do_step(folder, steps[0].partition("dangwu ")[2], day))
        after = read(folder, before)
        then, steps = find_duty(after, duty, as_of)
    misses = [EN.text(miss.reason) for miss in then.near_misses] if then else []
    pending = then is not None and then.state in PENDING and not then.acknowledged
    goes_on = bool(steps) and "enter the payment in dues/" in steps[0]
    if (pending and not misses and not goes_on) or UNREADABLE in misses:
        yield f"{duty.id}: {command}: still {then.state if then else ''}: {misses}"
    for code, path, text in errors(after, as_of) - known:
        yield f"{duty.id}: {command}: {code} {path}: {text}"
    for written_path in made:
        written_path.unlink()


def try_steps(folder: Path, day: str) -> str:
    """Do each advised step by itself, and return what went wrong, a line each."""
    before, as_of = read(folder), date.fromisoformat(day)
    start = Start(folder, day, before, errors(before, as_of))
    pending = [(duty, command) for duty, commands in list_pending(before, as_of) for command in commands]
    assert len(pending) > 20
    return "\n".join(fault for duty, command in pending for fault in try_step(start, duty, command))


@pytest.mark.parametrize("day", ["2026-06-30", "2027-02-10"])
def test_on_a_branch_that_has_only_begun(tmp_path: Path, day: str) -> None:
    files = {path: raw for path, raw in base_files().items() if path == "branch.yaml" or path.startswith("members/")}
    repo = GitRepo(tmp_path / "党 支部")
    repo.commit(files)
    assert try_steps(repo.path, day) == ""


def test_on_the_sample(demo: Demo, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo.path, tmp_path / "支部"))
    assert try_steps(folder, "2026-11-23") == ""


def test_what_cannot_be_made_up_for_is_not_advised(demo: Demo) -> None:
    """An inspection made now counts for the quarter of its day: a past quarter has a waiver only."""
    said = spoken("explain", "1.4e/2026-Q4", cwd=demo.path, as_of="2027-01-01", code=0)
    assert "new plan-inspection" not in said["en"].out
    assert "Next: record a waiver, or that it was missed and why: dangwu new waiver" in said["en"].out
    assert "现在补做只算在做的当天" in said["zh"].out
    assert "new plan-inspection" in en("explain", "1.4e/2026-Q4", cwd=demo.path, as_of="2026-12-31", code=0).out


def test_the_two_disclosures_of_a_year_are_told_apart(demo: Demo) -> None:
    for id_, day, step in (
        ("8.2(3)/2027", "2027-02-10", "dangwu new disclosure --class 3"),
        ("8.2(4)/2026", "2027-01-31", "dangwu new disclosure --about dues-2026"),
        ("8.2(4)/2026", "2027-02-01", "dangwu new disclosure --about dues-2026"),
        ("8.2(4)/2027", "2027-02-10", "dangwu new dues --year 2027"),
    ):
        assert step in en("explain", id_, cwd=demo.path, as_of=day, code=0).out
