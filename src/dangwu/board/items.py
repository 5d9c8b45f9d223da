"""The items of the board as plain values, from records redacted by ``privacy.views``."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.body import BodyParagraph, has_look
from dangwu.model.message import Bilingual
from dangwu.model.period import parse_day
from dangwu.model.settings import Settings
from dangwu.parse.body import read_field
from dangwu.privacy.redact_body import redact_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from dangwu.facts.people_names import PeoplePattern
    from dangwu.model.audience import Audience
    from dangwu.model.body import Parts
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import GenericRecord
    from dangwu.model.rulebook import Rulebook

DISCLOSURE_KIND = "disclosure"
STAGE_KEYS = ("before", "decision", "result")
_STAGE_DAY_FIELDS = {"before": "published_on", "decision": "discussed_on", "result": "published_on"}
_SHORTEST_POSTING = timedelta(days=31)
_UNNAMED_BRANCH = Bilingual("本支部", "This branch")
_UNNAMED_SUPERIOR = Bilingual("上级党组织", "The Party organization above")


class MatterStage(NamedTuple):
    """One of the three stages of a major matter (8.3), with its day."""

    stage: str
    day: date


class OpennessItem(NamedTuple):
    """An item of openness (form 2.9). ``name`` is the file name of its page.

    ``until`` is the last day on the board, ``assumed`` where none was registered. Opinions are only counted:
    ``opinions`` before the decision, then ``received`` and ``answered``.
    """

    name: str
    day: date
    class_: int
    matter: str
    content: Parts
    timing: str
    scope: str
    form: str
    until: date
    assumed: bool
    current: bool
    checked_on: date
    approved_on: date
    superior_approved_on: date | None = None
    completed_on: date | None = None
    steps: tuple[MatterStage, ...] = ()
    stage: str = ""
    supervision: str = ""
    opinions: int = 0
    received: int = 0
    answered: int = 0

    @property
    def looked(self) -> bool:
        """Whether the content is more than paragraphs without looks."""
        return any(not isinstance(part, BodyParagraph) or has_look(part.spans) for part in self.content)


class Board(NamedTuple):
    """The board of one branch for one audience on one day, the newest item first.

    ``contact`` is where to bring an opinion, from the ``--contact`` option; it may be empty.
    """

    branch: Bilingual
    superior: Bilingual
    audience: Audience
    as_of: date
    revision: str | None
    answer_days: int
    items: tuple[OpennessItem, ...]
    contact: str = ""

    @property
    def current(self) -> tuple[OpennessItem, ...]:
        """The items on the board."""
        return tuple(item for item in self.items if item.current)

    @property
    def past(self) -> tuple[OpennessItem, ...]:
        """The archived items."""
        return tuple(item for item in self.items if not item.current)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of publication, the newest first."""
        return tuple(sorted({item.day.year for item in self.items}, reverse=True))


def build_board(
    corpus: Corpus,
    rulebook: Rulebook,
    audience: Audience,
    as_of: date,
    *,
    revision: str | None,
    contact: str = "",
    find_hidden_names: Callable[[Mapping[str, Any]], PeoplePattern | None] | None = None,
) -> Board:
    """Return the board; ``corpus`` is redacted for the audience.

    ``find_hidden_names`` gives those whom the audience may not see by name in a disclosure: a text is redacted again
    once its marks are gone, since a mark may have stood inside a name.
    """
    branch = corpus.branch
    items = (
        _build_openness_item(record, as_of, find_hidden_names(record.data) if find_hidden_names else None)
        for record in corpus.of(DISCLOSURE_KIND)
    )
    return Board(
        branch=branch.name if branch else _UNNAMED_BRANCH,
        superior=branch.superior if branch else _UNNAMED_SUPERIOR,
        audience=audience,
        as_of=as_of,
        revision=revision,
        answer_days=Settings.of(rulebook, corpus).number("feedback_answer_days"),
        items=tuple(sorted(items, key=lambda item: (-item.day.toordinal(), item.name))),
        contact=contact.strip(),
    )


def _build_openness_item(record: GenericRecord, as_of: date, names: PeoplePattern | None) -> OpennessItem:
    data = record.data
    day = date.fromisoformat(data["date"])
    until = parse_day(data.get("until"))
    steps = tuple(_build_stages(data.get("stages", {})))
    reached = [step.stage for step in steps if step.day <= as_of]
    feedback = [opinion for opinion in data.get("feedback", ()) if opinion["date"] <= as_of.isoformat()]
    return OpennessItem(
        name=_build_page_name(record, day),
        day=day,
        class_=data["class"],
        matter=data["matter"],
        content=redact_body(read_field(data["content"]), names),
        timing=data["timing"],
        scope=data["scope"],
        form=data["form"],
        until=until or compute_last_posted_day(day),
        assumed=until is None,
        current=as_of <= (until or compute_last_posted_day(day)),
        checked_on=date.fromisoformat(data["secrecy_check"]["date"]),
        approved_on=date.fromisoformat(data["approved_on"]),
        superior_approved_on=parse_day(data.get("superior_approved_on")),
        completed_on=parse_day(data.get("completed_on")),
        steps=steps,
        stage=reached[-1] if reached else "",
        supervision=data.get("stages", {}).get("result", {}).get("supervision", ""),
        opinions=data["stages"]["before"]["opinions"] if steps else 0,
        received=len(feedback),
        answered=sum(opinion.get("answered_on", "~") <= as_of.isoformat() for opinion in feedback),
    )


def compute_last_posted_day(day: date) -> date:
    """Return the last day of an item without a registered limit: the end of the year (8.4), at least a month later."""
    return max(date(day.year, 12, 31), day + _SHORTEST_POSTING)


def _build_stages(stages: Mapping[str, Mapping[str, str]]) -> tuple[MatterStage, ...]:
    return tuple(
        MatterStage(key, date.fromisoformat(stages[key][_STAGE_DAY_FIELDS[key]])) for key in STAGE_KEYS if key in stages
    )


def _build_page_name(record: GenericRecord, day: date) -> str:
    """Return a file name of day and hash: the record's own name could name a person."""
    return f"item-{day.isoformat()}-{sha256(record.path.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"
