"""The filters of the year's HTML page: by system and by state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.pages.page import Filter, Heading
from dangwu.pages.wording.states import EVERY_LOOK, find_state_look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult
    from dangwu.pages.page import Block
    from dangwu.pages.wording.states import StateLook


def build_filters(result: DutyResult, blocks: Iterable[Block], lang: Language) -> tuple[Filter, ...]:
    """Return a filter of the systems that have a section on the page, and one of the states that occur."""
    headings = (block for block in blocks if isinstance(block, Heading) and block.level == Heading("").level)
    names = tuple((kind, part.text) for part in headings for kind in part.kinds)
    found_looks = {find_state_look(duty) for duty in result.duties}
    states = tuple((_format_state_kind(look), lang.text(look.word)) for look in EVERY_LOOK if look in found_looks)
    everything = lang.text(say("all"))
    return (
        Filter("system", lang.text(say("System")), everything, names),
        Filter("state", lang.text(say("State")), everything, states),
    )


def format_system_kind(number: int) -> str:
    """Return the filter key of a system."""
    return f"system-{number}"


def format_duty_kinds(duties: Iterable[Duty]) -> tuple[str, ...]:
    """Return the filter keys of some duties: their systems and states."""
    kinds = [
        kind for duty in duties for kind in (format_system_kind(duty.system), _format_state_kind(find_state_look(duty)))
    ]
    return tuple(dict.fromkeys(kinds))


def _format_state_kind(look: StateLook) -> str:
    return f"state-{EVERY_LOOK.index(look)}"
