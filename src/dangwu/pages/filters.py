"""What duties can be looked at alone, and where on a page each is told at length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.pages.anchors import duty_anchor
from dangwu.pages.page import Filter, Heading
from dangwu.pages.wording.names import personal
from dangwu.pages.wording.states import EVERY_FACE, face

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import Owed
    from dangwu.pages.page import Block
    from dangwu.pages.wording.states import Face


def filters(owed: Owed, blocks: Iterable[Block], lang: Language) -> tuple[Filter, ...]:
    """Return the systems that have a part of the page, and the states that occur."""
    parts = (each for each in blocks if isinstance(each, Heading) and each.level == Heading("").level)
    names = tuple((kind, part.text) for part in parts for kind in part.kinds)
    shown = {face(duty) for duty in owed.duties}
    states = tuple((_state(each), lang.text(each.word)) for each in EVERY_FACE if each in shown)
    everything = lang.text(say("all"))
    return (
        Filter("system", lang.text(say("System")), everything, names),
        Filter("state", lang.text(say("State")), everything, states),
    )


def system_kind(number: int) -> str:
    """Return what filters know a system by."""
    return f"system-{number}"


def kinds_of(duties: Iterable[Duty]) -> tuple[str, ...]:
    """Return what filters know some duties by: their systems and states."""
    made = [kind for duty in duties for kind in (system_kind(duty.system), _state(face(duty)))]
    return tuple(dict.fromkeys(made))


def place_of(duty: Duty, owed: Owed) -> str:
    """Return the anchor of where a duty is told at length; what each person owes stands together there."""
    return duty_anchor(f"{duty.clause}/{duty.period.label}" if personal(duty, owed) else duty.id)


def _state(shown: Face) -> str:
    return f"state-{EVERY_FACE.index(shown)}"
