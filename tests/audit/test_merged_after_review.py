"""What a merge brings to a reviewed state is told by the audit and by the review of that merge, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.audit.test_histories import CASES, played
from tests.support.run import en, run

if TYPE_CHECKING:
    from pathlib import Path

BY_NAME = {case["name"]: case for case in CASES}
PARTED = "an edit on a line that parted before the review, merged after it"
RAISED = "the limit for late records raised"


def test_the_review_of_a_merge_tells_what_it_brought_to_a_reviewed_record(tmp_path: Path) -> None:
    history = played(BY_NAME[PARTED], tmp_path)
    found = en("review", "HEAD~1..HEAD", "--format", "json", cwd=history.repo.path, as_of="2026-09-30").json()
    (told,) = [each for each in found["history"] if each["code"] == "DW964"]
    assert "since the merge of 2026-05-02" in told["message"]
    merge = history.repo.git("rev-parse", "HEAD")
    assert [piece["commit"] for piece in told["evidence"] if piece["day"] == "2026-05-02"] == [merge]
    before = en("review", "HEAD~2..HEAD~1", "--format", "json", cwd=history.repo.path, as_of="2026-09-30").json()
    assert not [each for each in before["history"] if each["code"] == "DW964"]


@pytest.mark.parametrize(("lang", "said"), [("en", "90 days"), ("zh", "90 天")])
def test_the_audit_says_the_limit_by_which_it_judged(tmp_path: Path, lang: str, said: str) -> None:
    history = played(BY_NAME[RAISED], tmp_path)
    audit = run("--lang", lang, "audit", cwd=history.repo.path, as_of="2026-09-30", code=0)
    line = next(line for line in audit.out.splitlines() if "DW982" in line)
    assert "2026-05-10" in audit.out[audit.out.index(line) :]
    assert said in audit.out


def test_a_review_that_raises_the_limit_says_so(tmp_path: Path) -> None:
    history = played(BY_NAME[RAISED], tmp_path)
    found = en("review", "HEAD~1..HEAD", "--format", "json", cwd=history.repo.path, as_of="2026-09-30").json()
    assert "DW982" in [each["code"] for each in found["history"]]
