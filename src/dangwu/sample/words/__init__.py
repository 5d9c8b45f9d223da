"""The sample's text pools, one set for each language. Content of a fictional branch, not messages of the tool."""

from __future__ import annotations

from dangwu.sample.words import en, zh
from dangwu.sample.words.pools import Pools

POOLS = {"zh": zh.POOLS, "en": en.POOLS}

__all__ = ["POOLS", "Pools"]
