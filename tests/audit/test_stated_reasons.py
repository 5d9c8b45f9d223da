"""What of a commit's message is somebody's own reason, and what git, a forge or a form wrote."""

from __future__ import annotations

import pytest

from dangwu.audit.stated_reasons import read_stated_reason
from dangwu.model.history import Commit, CommitStamp

NOBODY = CommitStamp("", "", 0)


def read(message: str) -> str:
    return read_stated_reason(Commit("", "", (), NOBODY, NOBODY, message))


@pytest.mark.parametrize(
    "message",
    [
        "",
        "\n",
        "记录",
        "记录。",
        "Update",
        "更新：2026-05-18-party-building-meeting",
        "Update: 2026-05-18-party-building-meeting",
        "Delete meetings/2026/2026-03-12-group-meeting-g1.md",
        "删除 meetings/2026/2026-03-12-group-meeting-g1.md\n",
        "Add files via upload",
        "Merge branch 'spring' into main",
        "Merge pull request #12 from li/spring",
        'Revert "记录"\n\nThis reverts commit 0123456789012345678901234567890123456789.\n',
        "记录\n\nReviewed-by: 云栖镇党委 <committee@example.org>\nSigned-off-by: 李某 <li@example.org>",
        "记录\n\n(cherry picked from commit 0123456789012345678901234567890123456789)",
    ],
)
def test_no_reason(message: str) -> None:
    assert read(message) == ""


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("更正地点", "更正地点"),
        ("记录：第一党小组 3 月党小组会", "记录：第一党小组 3 月党小组会"),
        ("记录\n\n外出一个月，\n回来补记", "外出一个月， 回来补记"),
        ('Revert "记录"\n\nThis reverts commit 0123456789.\n\n放错了库', "放错了库"),
        ("Merge pull request #12 from li/spring\n\n第一季度补录：电脑送修", "第一季度补录：电脑送修"),
        ("fix a typo", "fix a typo"),
        ("Reason: the computer was broken", "Reason: the computer was broken"),
        ("移交档案\n\nReason: 见清单\nReviewed-by: 云栖镇党委\n <committee@example.org>", "移交档案 Reason: 见清单"),
    ],
)
def test_a_reason(message: str, reason: str) -> None:
    assert read(message) == reason
