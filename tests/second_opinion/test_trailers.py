"""git itself is asked which lines of a message are trailers; dangwu finds the same reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.second_opinion import readers
from tests.second_opinion.repositories import MESSAGES, MORE_MESSAGES, Maker
from tests.second_opinion.test_gitpython import REVIEWED_BY_OURS_ALONE

if TYPE_CHECKING:
    from collections.abc import Mapping

WHO, OTHER = "云栖镇党委 <c@example.org>", "王某 <w@example.org>"
ODD_MESSAGES: Mapping[str, str] = {
    "a separator of a forge": f"记录 (#12)\n\n* 一\n\n---------\n\nCo-authored-by: {OTHER}\nReviewed-by: {WHO}\n",
    "a separator right above": f"记录 (#12)\n\n说明\n---------\nReviewed-by: {WHO}\n",
    "folded": "合并\n\nReviewed-by: 云栖镇党委\n <c@example.org>\n",
    "folded behind another": f"合并\n\nFixes: 第一条\n 第二行\nReviewed-by: {WHO}\n",
    "below a sentence": f"合并\n\n会议记录已核对。\nReviewed-by: {WHO}\n",
    "above a sentence": f"合并\n\nReviewed-by: {WHO}\n会议记录已核对。\n",
    "below a sentence, signed off": f"合并\n\n会议记录已核对。\nSigned-off-by: {OTHER}\nReviewed-by: {WHO}\n",
    "many sentences, signed off": f"合并\n\n一。\n二。\n三。\n四。\nSigned-off-by: {OTHER}\nReviewed-by: {WHO}\n",
    "eight sentences, signed off": "合并\n\n一。\n二。\n三。\n四。\n五。\n六。\n七。\n八。\n"
    f"Signed-off-by: 王某 <w@example.org>\nReviewed-by: {WHO}\n",
    "picked from": f"记录\n\n(cherry picked from commit {'1' * 40})\nReviewed-by: {WHO}\n",
    "a full-width colon": f"合并\n\nReviewed-by：{WHO}\n",
    "a full-width colon beside": f"合并\n\nAcked-by：王某\nReviewed-by: {WHO}\n",
    "no value": "合并\n\nReviewed-by:\nSigned-off-by: 王某 <w@example.org>\n",
    "no value, folded": "合并\n\nReviewed-by:\n 云栖镇党委 <c@example.org>\n",
    "twice the same": f"合并\n\nReviewed-by: {WHO}\nReviewed-by: {WHO}\n",
    "another key": f"合并\n\nNot-Reviewed-by: {WHO}\nReviewed-by-nobody: {WHO}\nReviewed_by: {WHO}\n",
    "a blank in the key": f"合并\n\nReviewed by: {WHO}\n",
    "a comment below": f"合并\n\nReviewed-by: {WHO}\n# 说明\n",
    "a comment between": f"合并\n\nSigned-off-by: 王某 <w@example.org>\n# 说明\nReviewed-by: {WHO}\n",
    "a table in the message": f"合并\n\n| 一 | 二 |\n| --- | --- |\n\nReviewed-by: {WHO}\n",
    "a quotation": f"合并\n\n> Reviewed-by: {WHO}\n",
    "a list": f"合并\n\n- Reviewed-by: {WHO}\n",
    "a tab behind the colon": f"合并\n\nReviewed-by:\t{WHO}\n",
    "a tab before the key": f"合并\n\n\tReviewed-by: {WHO}\n",
    "two paragraphs of trailers": f"合并\n\nReviewed-by: {WHO}\n\nSigned-off-by: 王某 <w@example.org>\n",
    "the title is one": f"Reviewed-by: {WHO}\n\n说明。\n",
    "a signature in the message": f"合并\n\nReviewed-by: {WHO}\n-----BEGIN SSH SIGNATURE-----\nU1NI\n",
    "old Mac line ends": f"合并\r\rReviewed-by: {WHO}\r",
    "a form feed": f"合并\n\f\nReviewed-by: {WHO}\n",
    "a separator line of Unicode": f"合并\n\n说明\u2028Reviewed-by: {WHO}\n",
    "blanks at the end": f"合并\n\nReviewed-by: {WHO}   \n   \n",
    "dashes and a patch": f"合并\n\nReviewed-by: {WHO}\n---\n a.md | 2 +-\n",
    "in Windows line ends, folded": "合并\r\n\r\nReviewed-by: 云栖镇党委\r\n <c@example.org>\r\n",
}
READ_OTHERWISE: Mapping[str, str] = {
    **{name: why for name, why in REVIEWED_BY_OURS_ALONE.items() if name != "a line of three hyphens"},
    "in Windows line ends, folded": "git keeps the carriage return in the middle of the value; dangwu does not.",
}
"""Messages of which dangwu does not say what git says, with the reason."""


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """Return a repository with a commit for each message."""
    made = Maker(tmp_path_factory.mktemp("trailers") / "库")
    made.commit("root", {"branch.yaml": "schema: 1\n"})
    people = "author 王 <w@example.org> 1770000000 +0800\ncommitter 委 <c@example.org> 1770000000 +0800\n\n"
    for name, message in {**MESSAGES, **MORE_MESSAGES, **ODD_MESSAGES}.items():
        made.object(name, f"{people}{message}".encode())
    made.repo.git("reset", "-q", "--hard")
    return made


@pytest.fixture(scope="module")
def ours(maker: Maker) -> dict[str, list[str]]:
    """Return the reviewers of each commit as dangwu reads them."""
    found: dict[str, list[str]] = {}
    for id_, who in readers.our_reviewers(readers.our_history(maker.repo.path)):
        found.setdefault(id_, []).append(who)
    return found


@pytest.mark.parametrize("name", [*MESSAGES, *MORE_MESSAGES, *ODD_MESSAGES])
def test_reviewers_are_those_of_git(maker: Maker, ours: dict[str, list[str]], name: str) -> None:
    message = maker.repo.git("cat-file", "commit", maker.ids[name]).partition("\n\n")[2]
    parsed = maker.repo.git("interpret-trailers", "--parse", "--no-divider", data=f"{message}\n".encode())
    rows = (line.partition(":") for line in parsed.split("\n"))
    theirs = [value.strip() for key, _, value in rows if key.strip().lower() == "reviewed-by" and value.strip()]
    assert (ours.get(maker.ids[name], []) == theirs) is (name not in READ_OTHERWISE)


def test_log_reads_them_as_the_parser_does(maker: Maker) -> None:
    """git has two doors to trailers; both say the same, so one of them is enough to be judged by."""
    form = "--format=%H %(trailers:key=Reviewed-by,valueonly,unfold,separator=%x2C)"
    logged = dict(line.split(" ", 1) for line in maker.repo.git("log", form).split("\n"))
    for name in ODD_MESSAGES:
        message = maker.repo.git("cat-file", "commit", maker.ids[name]).partition("\n\n")[2]
        parsed = maker.repo.git("interpret-trailers", "--parse", "--no-divider", data=f"{message}\n".encode())
        values = [
            line.partition(":")[2].strip() for line in parsed.split("\n") if line.lower().startswith("reviewed-by:")
        ]
        assert ",".join(values) == logged[maker.ids[name]], name
