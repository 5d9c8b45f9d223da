"""The first hour on a real terminal: from an empty folder and a workbook to minutes that are saved, as recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.branch_book import fill_in_messily
from tests.support.first_hour import (
    DIALOGUES,
    FOLDER,
    MOST,
    count_values,
    play,
    prepare,
    read_commands,
    render_recording,
)
from tests.support.run import zh

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_recorded_hour_is_what_a_terminal_shows(language: str, tmp_path: Path) -> None:
    """The keys of the recording, typed again, give its screens; few of them are values."""
    recorded = (FOLDER / f"first-hour.{language}.cast").read_text(encoding="utf-8")
    events = [json.loads(line) for line in recorded.splitlines()[1:]]
    typed = DIALOGUES[language]
    assert [text for _, kind, text in events if kind == "i"] == [f"{line.text}\r" for line in typed]
    assert [line.text for line in typed if line.at_shell] == read_commands(language)[1:], "as the README has it"
    assert count_values(typed) <= MOST
    written = list(play(typed, prepare(tmp_path / "desk", language), language))
    # Where this differs on purpose: python -m tests.support.first_hour
    assert render_recording(typed, written, language) == recorded
    assert [time for time, _, _ in events] == sorted(time for time, _, _ in events)


def test_the_roster_of_the_national_system_takes_no_more(tmp_path: Path) -> None:
    """Put into the workbook as it was given: the same keys, and a month of which the day is not known stays one."""
    desk = prepare(tmp_path / "desk", "zh", fill_in_messily)
    screens = list(play(DIALOGUES["zh"], desk, "zh"))
    assert "还不是党员，不读：28 宁远" in screens[1]
    members = {path.stem: path.read_text(encoding="utf-8") for path in (desk / "我们支部/members").iterdir()}
    assert len(members) == 24
    for id_, word in (("m001", "2001-06 "), ("m002", "2002-06 "), ("m003", "2003-06-12 "), ("m006", "2006-06 ")):
        assert f"joined_on: {word}" in members[id_]
    # Nothing is left to save, and nothing is a draft.
    assert "没有要入库的" in zh("save", cwd=desk / "我们支部", code=0).err
