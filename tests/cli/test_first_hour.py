"""The first hour on a real terminal: from an empty folder and a workbook to minutes that are saved, as recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.first_hour import DIALOGUES, FOLDER, MOST, count_values, play, prepare, render_recording

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_recorded_hour_is_what_a_terminal_shows(language: str, tmp_path: Path) -> None:
    """The keys of the recording, typed again, give its screens; few of them are values."""
    recorded = (FOLDER / f"first-hour.{language}.cast").read_text(encoding="utf-8")
    events = [json.loads(line) for line in recorded.splitlines()[1:]]
    typed = DIALOGUES[language]
    assert [text for _, kind, text in events if kind == "i"] == [f"{line.text}\r" for line in typed]
    assert count_values(typed) <= MOST
    written = list(play(typed, prepare(tmp_path / "desk"), language))
    # Where this differs on purpose: python -m tests.support.first_hour
    assert render_recording(typed, written, language) == recorded
    assert [time for time, _, _ in events] == sorted(time for time, _, _ in events)
