"""Two findings on one contradiction between two files: each file has its own, so that checking either one shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import RelatedPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.model.finding import Finding
    from dangwu.model.message import Text


def link_twins(findings: Iterable[Finding], to_one: Text, to_other: Text) -> Iterator[Finding]:
    """Yield two findings, each with the place of the other as ``to_one`` or ``to_other`` calls it.

    Accepting either accepts both. Of two in one file only the second is left.
    """
    one, other = findings
    if one.source.path == other.source.path:
        yield other._replace(related=(RelatedPlace(one.source, to_one),))
        return
    for here, there, name in ((one, other, to_other), (other, one, to_one)):
        yield here._replace(related=(RelatedPlace(there.source, name),), twin=there.source.path)
