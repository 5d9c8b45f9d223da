"""The fixed texts of the board: classes, stages, audiences, labels, advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.message import Text

CLASS_WORDS = (
    say("Major decisions"),
    say("The leading group"),
    say("Leaders' integrity"),
    say("Organization"),
    say("Supervision"),
    say("Other matters"),
)
"""The six classes of 8.2, in its order."""

STAGE_WORDS = {
    "before": (say("Before"), say("opinions are sought")),
    "decision": (say("Decision"), say("discussed in a meeting")),
    "result": (say("Result"), say("under everybody's supervision")),
    "": (say("No stages"), say("an ordinary matter")),
}
"""The stages of 8.3: name, and what happens."""

READER_WORDS = {
    Audience.PUBLIC: (say("For the public"), say("Everybody may read this board.")),
    Audience.EMPLOYEES: (
        say("For employees"),
        say("For the employees of this unit: not to be posted or passed on outside."),
    ),
    Audience.MEMBERS: (say("For Party members"), say("For the members of this branch: not to be passed on.")),
}

FRAME_WORDS = {
    "board": say("Openness board"),
    "openness": say("Openness of Party affairs"),
    "skip": say("Skip to the content"),
    "menu": say("Pages"),
    "now": say("On the board"),
    "archive": say("Archive"),
    "ask": say("Your opinion"),
    "newest": say("What is on the board now"),
    "archived": say("What is no longer posted"),
    "archive_lead": say("What has been on the board for its time is kept here, by year and by class."),
    "by_year": say("By year"),
    "by_class": say("By class"),
    "nothing": say("There is nothing here yet."),
    "filter": say("Narrow the list"),
    "every": say("All"),
    "reset": say("Show all again"),
    "search": say("Search"),
    "search_hint": say("Words in the title or the text"),
    "shown": say("Matching:"),
    "kept_list": say("All that is archived"),
    "none": say("Nothing matches. Try fewer words, or show all again."),
    "class": say("Class"),
    "timing": say("Timing"),
    "scope": say("For whom"),
    "form": say("Form of disclosure"),
    "stage": say("Stage"),
    "year": say("Year"),
    "state": say("State"),
    "posted": say("Posted"),
    "kept": say("Archived"),
    "kept_notice": say("The time for which this was posted is over; it is kept in the archive."),
    "register": say("Register"),
    "date": say("Published on"),
    "until": say("Posted until"),
    "completed": say("Work completed on"),
    "checked": say("Secrecy check on"),
    "approved": say("Approved on"),
    "superior": say("Approved from above on"),
    "stages": say("The three stages"),
    "reached": say("done"),
    "ahead": say("not yet"),
    "supervision": say("How it is supervised"),
    "how": say("How to give your opinion"),
    "older": say("Earlier item"),
    "newer": say("Later item"),
    "between": say("Neighbouring items"),
    "of_class": say("All of this class"),
    "told": say("Opinions so far"),
    "told_lead": say("Opinions on what is on this board and in its archive."),
}
"""The labels of the templates, by their names there."""


def find_class_word(number: int, lang: Language) -> str:
    """Return the name of a class of 8.2."""
    return lang.text(CLASS_WORDS[number - 1])


def format_class_title(number: int, lang: Language) -> str:
    """Return a class of 8.2 with its number."""
    return lang.text(say("Class {number}: {name}", number=number, name=CLASS_WORDS[number - 1]))


def format_item_count(count: int, lang: Language) -> str:
    """Return a number of items in words."""
    return lang.text(say("{count} items", count=count) if count != 1 else say("1 item"))


def build_opinion_advice(superior: str, days: int, lang: Language) -> tuple[str, ...]:
    """Return how to give an opinion, to whom, and how it is answered (8.5)."""
    texts: tuple[Text, ...] = (
        say("Tell the secretary, a member of the committee or a supervisor of openness, in person or in writing."),
        say("It is answered within {days} days.", days=days),
        say("Only the number of opinions is published: neither who gave one nor its words."),
        say("Whoever is not satisfied with the answer may turn to {superior}.", superior=superior),
        say("A complaint about a person belongs into a letter to the discipline inspection, never on this board."),
    )
    return tuple(lang.text(text) for text in texts)
