"""What the board shows, as plain values in the words of the records. Only what ``privacy.views`` left is looked at."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.body import BodyParagraph, has_look
from dangwu.model.message import Bilingual
from dangwu.parse.body import field
from dangwu.privacy.redact_body import nameless_body

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

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
    """One of the three stages of an important matter (8.3), with its day."""

    stage: str
    day: date


class OpennessItem(NamedTuple):
    """An item of openness (form 2.9). ``name`` is the file name of its page.

    ``until`` is the last day on the board; it is ``assumed`` where none was registered. Days are those of the
    register. Of opinions there are numbers only: ``opinions`` before the decision, then received and answered.
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
    """Everything on the board of one branch for one audience on one day, the newest item first.

    ``contact`` says where to bring an opinion, as whoever publishes the board wrote it; it may be empty.
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
        """What is posted."""
        return tuple(each for each in self.items if each.current)

    @property
    def past(self) -> tuple[OpennessItem, ...]:
        """What was posted and is archived."""
        return tuple(each for each in self.items if not each.current)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of publication, the newest first."""
        return tuple(sorted({each.day.year for each in self.items}, reverse=True))


def build_board(
    corpus: Corpus,
    rulebook: Rulebook,
    audience: Audience,
    as_of: date,
    *,
    revision: str | None,
    contact: str = "",
    names: re.Pattern[str] | None = None,
) -> Board:
    """Return the board. ``corpus`` is what this audience may see, of ``privacy.views.corpus_for``.

    ``names`` finds those whom it may not see by name: a text is looked through again when its marks are gone, which may
    have stood inside a name.
    """
    branch = corpus.branch
    setting = rulebook.setting("feedback_answer_days")
    days = branch.settings.get(setting.key, setting.default) if branch else setting.default
    items = (_build_openness_item(each, as_of, names) for each in corpus.of(DISCLOSURE_KIND))
    return Board(
        branch=branch.name if branch else _UNNAMED_BRANCH,
        superior=branch.superior if branch else _UNNAMED_SUPERIOR,
        audience=audience,
        as_of=as_of,
        revision=revision,
        answer_days=int(days),
        items=tuple(sorted(items, key=lambda each: (-each.day.toordinal(), each.name))),
        contact=contact.strip(),
    )


def _build_openness_item(sheet: GenericRecord, as_of: date, names: re.Pattern[str] | None) -> OpennessItem:
    data = sheet.data
    day = date.fromisoformat(data["date"])
    until = _day(data, "until")
    steps = tuple(_build_stages(data.get("stages", {})))
    reached = [each.stage for each in steps if each.day <= as_of]
    feedback = [each for each in data.get("feedback", ()) if each["date"] <= as_of.isoformat()]
    return OpennessItem(
        name=_build_page_name(sheet, day),
        day=day,
        class_=data["class"],
        matter=data["matter"],
        content=nameless_body(field(data["content"]), names),
        timing=data["timing"],
        scope=data["scope"],
        form=data["form"],
        until=until or compute_last_posted_day(day),
        assumed=until is None,
        current=as_of <= (until or compute_last_posted_day(day)),
        checked_on=date.fromisoformat(data["secrecy_check"]["date"]),
        approved_on=date.fromisoformat(data["approved_on"]),
        superior_approved_on=_day(data, "superior_approved_on"),
        completed_on=_day(data, "completed_on"),
        steps=steps,
        stage=reached[-1] if reached else "",
        supervision=data.get("stages", {}).get("result", {}).get("supervision", ""),
        opinions=data["stages"]["before"]["opinions"] if steps else 0,
        received=len(feedback),
        answered=sum(each.get("answered_on", "~") <= as_of.isoformat() for each in feedback),
    )


def compute_last_posted_day(day: date) -> date:
    """Return until when an item stays where no limit was registered: all the year (8.4), and a month at the least."""
    return max(date(day.year, 12, 31), day + _SHORTEST_POSTING)


def _build_stages(stages: Mapping[str, Mapping[str, str]]) -> tuple[MatterStage, ...]:
    return tuple(
        MatterStage(each, date.fromisoformat(stages[each][_STAGE_DAY_FIELDS[each]]))
        for each in STAGE_KEYS
        if each in stages
    )


def _day(data: Mapping[str, str], key: str) -> date | None:
    return date.fromisoformat(data[key]) if key in data else None


def _build_page_name(sheet: GenericRecord, day: date) -> str:
    """Return a name that is safe on every system, stays while the record does, and tells nothing: a slug may name."""
    return f"item-{day.isoformat()}-{sha256(sheet.path.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"
