"""What the minutes of one meeting are drafted from: who was there, what was decided, and where the words come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.meeting_plan import PlannedMeeting
    from dangwu.sample.pools import Phrases, Words
    from dangwu.sample.roster_events import Event
    from dangwu.sample.sentence_draw import SentenceDraw


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    """One meeting to be minuted; ``decided`` are the changes of people that it decides."""

    meeting: PlannedMeeting
    there: Attendance
    decided: Sequence[Event]
    cast: Cast
    draw: SentenceDraw
    chance: random.Random

    @property
    def words(self) -> Words:
        """The words, without those of bodies that the branch does not have."""
        return self.draw.words

    @property
    def say(self) -> Phrases:
        """The fixed phrases."""
        return self.draw.words.phrases

    def tell(self, pool: Sequence[str], number: int) -> str:
        """Return sentences about people who were there, a line each."""
        return "\n".join(self.draw.draw_sentences(pool, number, self.there.present))

    def list_voices(
        self, pool: Sequence[str], number: int, people: Sequence[Person] | None = None, body: str = ""
    ) -> str:
        """Return what some people said, those who were there unless others are given, as a list."""
        lines = self.draw.draw_sentences(pool, number, people or self.there.present, body=body)
        return "\n".join(f"- {line}" for line in lines)
