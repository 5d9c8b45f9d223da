"""What duties can be looked at alone, and where on a page each is told at length."""

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


def build_filters(owed: DutyResult, blocks: Iterable[Block], lang: Language) -> tuple[Filter, ...]:
    """Return the systems that have a part of the page, and the states that occur."""
    parts = (block for block in blocks if isinstance(block, Heading) and block.level == Heading("").level)
    names = tuple((kind, part.text) for part in parts for kind in part.kinds)
    shown = {find_state_look(duty) for duty in owed.duties}
    states = tuple((_format_state_kind(look), lang.text(look.word)) for look in EVERY_LOOK if look in shown)
    everything = lang.text(say("all"))
    return (
        Filter("system", lang.text(say("System")), everything, names),
        Filter("state", lang.text(say("State")), everything, states),
    )


def format_system_kind(number: int) -> str:
    """Return what filters know a system by."""
    return f"system-{number}"


def format_duty_kinds(duties: Iterable[Duty]) -> tuple[str, ...]:
    """Return what filters know some duties by: their systems and states."""
    made = [
        kind for duty in duties for kind in (format_system_kind(duty.system), _format_state_kind(find_state_look(duty)))
    ]
    return tuple(dict.fromkeys(made))


def _format_state_kind(shown: StateLook) -> str:
    return f"state-{EVERY_LOOK.index(shown)}"
