"""A record is edited as a whole: fields and sections, comments kept, a changed day with its new name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dangwu.errors import UsageError
from dangwu.files.worktree import WorkTree
from dangwu.workspace.edit_record import plan_edit
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_repo

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.model.corpus import Corpus

PATH = "meetings/2026/2026-03-12-group-meeting-g1.md"
MINUTES = """\
---
schema: 1
kind: group-meeting
date: 2026-03-12  # 那天下雨
time: 14:00-15:30
place: 党员活动室
group: g1
chair: m002  # 组长出差
recorder: m003
present: [m002, m003]
leave: []
absent: []
---

# 党小组会 2026-03-12

## 议程

学习。<!-- 讲义在柜子里 -->

### 第二项

讨论。

## 决议

无。
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    repo = base_repo(tmp_path / "党 支部", {PATH: MINUTES})
    return load_workspace(WorkTree(repo.path)).corpus


def edit(corpus: Corpus, sections: dict[str, str] | None = None, **fields: Any) -> list[tuple[str, str | None]]:
    data = {**corpus.documents[PATH].data, **fields}
    changes = plan_edit(corpus, PATH, data, sections or {})
    return [(change.path, None if change.after is None else change.after.decode()) for change in changes]


def test_nothing_changed_is_no_change(corpus: Corpus) -> None:
    assert edit(corpus) == []
    assert edit(corpus, {"决议": "\n无。\n\n"}) == []


def test_fields_and_sections_change_and_the_rest_stays(corpus: Corpus) -> None:
    made = edit(corpus, {"决议": "同意。\n\n1. 一\n2. 二"}, place="三楼", chair="m003")
    wanted = MINUTES.replace("党员活动室", "三楼").replace("chair: m002", "chair: m003")
    assert made == [(PATH, wanted.replace("无。\n", "同意。\n\n1. 一\n2. 二\n"))]


def test_a_section_goes_as_far_as_the_next_of_its_level(corpus: Corpus) -> None:
    begin, end = MINUTES.index("学习"), MINUTES.index("## 决议")
    with pytest.raises(UsageError):
        edit(corpus, {"议程": "只学习。"})
    whole = MINUTES[begin:end].replace("讨论", "讨论两件事")
    assert edit(corpus, {"议程": whole}) == [(PATH, MINUTES.replace("讨论", "讨论两件事"))]
    assert edit(corpus, {"第二项": "讨论两件事。"}) == [(PATH, MINUTES.replace("讨论", "讨论两件事"))]


def test_a_section_that_is_new_comes_last(corpus: Corpus) -> None:
    assert edit(corpus, {"附件": "签到表。"}) == [(PATH, f"{MINUTES}\n## 附件\n\n签到表。\n")]


def test_another_day_is_another_name(corpus: Corpus) -> None:
    new = "meetings/2026/2026-03-19-group-meeting-g1.md"
    text = MINUTES.replace("date: 2026-03-12", "date: 2026-03-19")
    assert edit(corpus, date="2026-03-19") == [(PATH, None), (new, text)]


@pytest.mark.parametrize(
    ("sections", "fields"),
    [
        ({"决议": "同意。\n\n## 又一节\n\n无"}, {}),
        ({"决议": "同意。\n---\n"}, {}),
        ({}, {"kind": "committee-meeting"}),
    ],
)
def test_what_would_not_be_what_was_meant_is_refused(
    corpus: Corpus, sections: dict[str, str], fields: dict[str, Any]
) -> None:
    """Words that would begin a section of their own, and another kind of record."""
    with pytest.raises(UsageError) as refused:
        edit(corpus, sections, **fields)
    assert PATH in str(refused.value.message)


def test_a_file_that_cannot_be_read_is_not_edited(corpus: Corpus) -> None:
    with pytest.raises(UsageError):
        plan_edit(corpus, "meetings/2026/none.md", {"kind": "group-meeting"})
