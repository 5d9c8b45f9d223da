"""The sentences of the made pages in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tools.docs.wording import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

Words: TypeAlias = "Mapping[str, str]"


def choose_words(code: str) -> Words:
    """Return the sentences of a language by their keys."""
    return {key: both[code] for key, both in REFERENCE.items()}
