"""The settings that the text leaves open: what a branch has decided, laid over the defaults of the rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.rulebook import Rulebook


class Settings(NamedTuple):
    """The numbers and periods in force for one branch.

    ``defaults`` are those of the rulebook by key, ``decided`` those that ``branch.yaml`` sets.
    """

    defaults: Mapping[str, int | str]
    decided: Mapping[str, int | str]

    @classmethod
    def of(cls, rulebook: Rulebook, corpus: Corpus) -> Settings:
        """Return the settings of a branch; where there is no branch.yaml every default holds."""
        defaults = {setting.key: setting.default for setting in rulebook.settings}
        return cls(defaults, corpus.branch.settings if corpus.branch else {})

    def value(self, key: str) -> int | str:
        """Return a setting. KeyError where neither the branch nor the rulebook knows it."""
        return self.decided[key] if key in self.decided else self.defaults[key]

    def number(self, key: str) -> int:
        """Return a setting that counts days or times."""
        return int(self.value(key))

    def describe_assumed(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return ``key=value`` of the settings among ``keys`` that stand by their default, in order."""
        return tuple(f"{key}={self.value(key)}" for key in sorted(keys) if key not in self.decided)
