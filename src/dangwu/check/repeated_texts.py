"""Texts that nearly repeat an earlier one, such as minutes of another meeting or the target of another member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.passages import find_passages
from dangwu.facts.text_similarity import find_near_copies
from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.facts.passages import Passage
    from dangwu.model.corpus import Corpus

NEAR_COPY = FindingCode("DW951", "near-copy", Severity.WARNING, say("A text that nearly repeats an earlier one"))
CODES = (NEAR_COPY,)


def check_near_copies(context: Context) -> Iterator[Finding]:
    """Find texts that nearly repeat one of an earlier record; the finding is at the later one."""
    corpus = context.corpus
    passages = sorted(find_passages(corpus, context.kinds), key=lambda passage: passage.order)
    for later, earlier, percent in find_near_copies(passages, lambda one, other: _is_comparable(corpus, one, other)):
        message = say(
            "{percent} per cent of this text stands in {path} already.", percent=percent, path=earlier.record.path
        )
        hint = say("Write what was said and done this time; if it is meant to repeat, name that record in the text.")
        yield Finding(
            code=NEAR_COPY,
            source=later.source,
            message=message,
            hint=hint,
            related=(RelatedPlace(earlier.source, say("the earlier text")),),
            subject=earlier.record.id,
        )


def _is_comparable(corpus: Corpus, later: Passage, earlier: Passage) -> bool:
    """Tell whether two passages are of different records, and the later record does not cite the earlier by its id."""
    path = later.record.path
    return path != earlier.record.path and earlier.record.id.encode() not in corpus.documents[path].raw
