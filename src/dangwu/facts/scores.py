"""Weighted totals of the 100-point assessment (5.4), in hundredths of a point; no grade follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.settings import Settings

FULL_POINTS = 100
"""The points of all items together, and of all weights in per cent."""
_HUNDREDTHS_PER_POINT = 100


class ScoreWeights(NamedTuple):
    """The weights of the three scores in per cent: the member's own, the peers' and the branch's."""

    own: int
    peer: int
    branch: int

    @property
    def whole(self) -> bool:
        """Whether they sum to 100, without which there is no total."""
        return sum(self) == FULL_POINTS


def read_weights(settings: Settings) -> ScoreWeights:
    """Return the weights that the branch has set, or their defaults."""
    return ScoreWeights(*(settings.number(key) for key in ("weight_self", "weight_peer", "weight_branch")))


def convert_to_hundredths(points: float) -> int:
    """Return points in hundredths."""
    return round(points * _HUNDREDTHS_PER_POINT)


def format_points(number: int) -> str:
    """Return hundredths as points: 95, 95.5 or 95.25."""
    return f"{number / _HUNDREDTHS_PER_POINT:.2f}".rstrip("0").rstrip(".")


def compute_total(items: Iterable[Mapping[str, Any]], weights: ScoreWeights) -> int:
    """Return the weighted total of an assessment's items in hundredths, half a hundredth rounded up."""
    exact = sum(
        convert_to_hundredths(item["self"]) * weights.own
        + convert_to_hundredths(item["peer"]) * weights.peer
        + convert_to_hundredths(item["branch"]) * weights.branch
        for item in items
    )
    return (exact + FULL_POINTS // 2) // FULL_POINTS
