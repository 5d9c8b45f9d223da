"""The settings of a branch: its own decisions, and the defaults of the rulebook for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.rulebook import Rulebook


class Settings(NamedTuple):
    """The settings in force for one branch.

    ``defaults`` are those of the rulebook by key, ``decided`` those in ``branch.yaml``.
    """

    defaults: Mapping[str, int | str]
    decided: Mapping[str, int | str]

    @classmethod
    def of(cls, rulebook: Rulebook, corpus: Corpus) -> Settings:
        """Return the settings of a branch; without branch.yaml those of the rulebook."""
        defaults = {setting.key: setting.default for setting in rulebook.settings}
        return cls(defaults, corpus.branch.settings if corpus.branch else {})

    def value(self, key: str) -> int | str:
        """Return the value of a setting; KeyError if neither the branch nor the rulebook has it."""
        return self.decided[key] if key in self.decided else self.defaults[key]

    def number(self, key: str) -> int:
        """Return the value of a setting that is a number of days or times."""
        return int(self.value(key))

    def describe_assumed(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return ``key=value`` of the settings among ``keys`` that apply by their default, in order of keys."""
        return tuple(f"{key}={self.value(key)}" for key in sorted(keys) if key not in self.decided)
