"""The cases of the commands that read the records: check, due, report, export, form, calendar and board."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.outputs_build import LANGUAGES
from tests.bench.outputs_case import ANY, MAY_REFUSE, REFUSES, both, case, slug, turned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.outputs_build import Offer
    from tests.bench.outputs_case import Case
    from tests.bench.outputs_found import Found

WORLDS = ("en", "few", "bare", "busy", "shallow", "newer", "below/party/records")
"""All worlds but the one in which most is asked, and the planted ones."""
_STATES = ("fulfilled", "late", "overdue", "open", "upcoming", "waived", "not-applicable")
_PICKS = (
    "--year 2025",
    *(f"--period {period}" for period in ("2026", "2026-H1", "2026-Q3", "2026-05")),
    *(f"--system {number}" for number in range(1, 11)),
    "--group g2",
    "--member m001",
    "--member m020",
    *(f"--state {state}" for state in _STATES),
    "--state open --state overdue --system 3 --period 2026-Q3",
    "--staged",
    "--rev HEAD~150",
)
"""Choices among the duties."""
_PACKED = ("docx", "xlsx", "pdf")
"""Formats that take longest, and are made of the same pages as the others."""
_ENDS = ("public", "committee")
"""Audiences for whom these are made in both languages."""
_SECRETS = ("general-meeting", "disclosure", "target", "admonition", "case", "letter", "member")
"""Kinds whose forms show less to some audience."""


class Here(NamedTuple):
    """What cases are made from: what this build offers, what the old build's samples hold, planted worlds, fonts."""

    offer: Offer
    found: Found
    planted: list[tuple[str, str]]
    fonts: str

    def pressed(self, form: str) -> str:
        """Return the option that names a folder of fonts, for the format that needs one."""
        return f" --font-dir {shlex.quote(self.fonts)}" if self.fonts and form == "pdf" else ""


def reading(here: Here) -> Iterator[Case]:
    """Yield the cases of every command that reads the records as they stand."""
    for make in (_check, _planted, _due, _report, _report_files, _export, _export_files, _form, _calendar, _board):
        yield from make(here)
    for command in ("check", "due", "report"):
        yield from _everywhere(command)


def _check(here: Here) -> Iterator[Case]:
    audiences = here.offer.choices("check", "--audience")
    for at, (form, word) in enumerate(here.offer.formats("check")):
        yield from both(f"check/{form}", f"check --format {word}")
        for number, audience in enumerate(audiences):
            line = f"check --format {word} --audience {audience}"
            yield case(f"check/{form}-{audience}", line, lang=turned(at + number))
        for world in ("busy", "below/party/records"):
            line = f"check --format {word} --range HEAD~1..HEAD"
            yield case(f"check/{form}-range-{slug(world)}", line, lang=turned(at), world=world)
    for limit in here.offer.choices("check", "--fail-on"):
        yield case(f"check/fail-on-{limit}", f"check --fail-on {limit}")
    for at, audience in enumerate(audiences):
        yield case(f"check/busy-{audience}", f"check --audience {audience}", lang=turned(at), world="busy")
    yield case("check/debug", "--debug check --show-accepted", lang="en")
    for at, (name, words) in enumerate(
        {
            "rev": "--rev HEAD~150",
            "range": "--range HEAD~40..HEAD",
            "staged": "--staged",
            "paths": "meetings/2026 dues branch.yaml",
            "accepted": "--show-accepted",
            "accepted-json": "--show-accepted --format json",
        }.items()
    ):
        yield case(f"check/{name}", f"check {words}", lang=turned(at))
        yield case(f"check/{name}-busy", f"check {words}", lang=turned(at + 1), world="busy")


def _planted(here: Here) -> Iterator[Case]:
    forms = [(form, word) for form, word in here.offer.formats("check") if form != "text"]
    for at, (world, day) in enumerate(here.planted):
        name, (form, word) = slug(world), forms[at % len(forms)]
        yield case(f"check/{name}", "check --fail-on never", world=world, day=day)
        yield case(f"check/{name}-{form}", f"check --format {word}", lang="en", world=world, day=day)
        if at % 4 == 0:
            yield case(f"due/{name}", "due", lang=turned(at // 4), world=world, day=day, exits=ANY)


def _due(here: Here) -> Iterator[Case]:
    formats = here.offer.formats("due")
    for form, word in formats:
        for audience in here.offer.choices("due", "--audience"):
            yield from both(f"due/{form}-{audience}", f"due --format {word} --audience {audience}")
    for day in ("2025-12-31", "2026-01-01", "2026-07-15", "2027-02-01"):
        yield from both(f"due/day-{day}", "due", day=day)
    for at, words in enumerate(_PICKS):
        form, word = formats[at % len(formats)]
        yield case(f"due/{form}-{slug(words)}", f"due --format {word} {words}", lang=turned(at))
    yield case("due/none", "due --system 11", lang="en")


def _report(here: Here) -> Iterator[Case]:
    for at, (form, word) in enumerate(here.offer.formats("report")):
        for number, audience in enumerate(here.offer.choices("report", "--audience")):
            line = f"report --year 2026 --format {word} --audience {audience}{here.pressed(form)}"
            if form in _PACKED and audience not in _ENDS:
                yield case(f"report/{form}-{audience}", line, lang=turned(at + number))
            else:
                yield from both(f"report/{form}-{audience}", line)


def _report_files(here: Here) -> Iterator[Case]:
    for at, (form, word) in enumerate(here.offer.formats("report")):
        end, lang = f"--format {word}{here.pressed(form)}", turned(at)
        yield case(f"report/{form}-few", f"report {end}", lang=turned(at + 1), world="few")
        yield case(f"report/{form}-busy", f"report {end}", lang=lang, world="busy")
        where = "" if form == "text" else f" -o {{out}}/a.{form}"
        yield case(f"report/{form}-2025", f"report --year 2025 {end}{where}", lang=lang)
    there = "report -o {out}/a.md"
    yield from both("report/file-there", there, then=[there], exits=REFUSES | {0})
    yield case("report/forced", "report -o {out}/a.json", then=["report --rev HEAD~150 --output {out}/a.json --force"])
    yield case("report/staged", "report --staged --format md", world="busy")
    for day in ("2026-01-02", "2027-01-20"):
        yield from both(f"report/day-{day}", "report --year 2026 --format md", day=day)


def _export(here: Here) -> Iterator[Case]:
    forms = [*here.offer.formats("export"), ("tidy", "csv --tidy")]
    lists = [what for what in here.offer.choices("export") if what not in {"all", "registers"}]
    for at, (form, words) in enumerate(forms):
        out = "{out}/all.xlsx" if form == "xlsx" else "{out}/all"
        for number, audience in enumerate(here.offer.choices("export", "--audience")):
            line = f"export all --format {words} --audience {audience} -o {out}"
            if audience in _ENDS:
                yield from both(f"export/all-{form}-{audience}", line, exits=MAY_REFUSE)
            else:
                yield case(f"export/all-{form}-{audience}", line, lang=turned(at + number), exits=MAY_REFUSE)
        for number, what in enumerate(lists):
            yield case(f"export/{what}-{form}", f"export {what} --format {words}", lang=turned(at + number))
    for at, register in enumerate(here.found.registers):
        form, words = [each for each in forms if each[0] != "jsonl"][at % (len(forms) - 1)]
        line = f"export registers --register {register} --format {words}"
        yield case(f"export/register-{register}-{form}", line, lang=turned(at))
    for at, what in enumerate(lists):
        for audience in ("public", "members"):
            line = f"export {what} --format csv --audience {audience}"
            yield case(f"export/{what}-{audience}", line, lang=turned(at), exits=MAY_REFUSE)


def _export_files(here: Here) -> Iterator[Case]:
    del here
    for name, words, world in (
        ("2025", "--year 2025", "zh"),
        ("rev", "--rev HEAD~150", "zh"),
        ("staged", "--staged", "busy"),
        ("few", "", "few"),
    ):
        for lang, form in zip(LANGUAGES, ("csv", "jsonl"), strict=True):
            line = f"export all --format {form} -o {{out}}/all {words}"
            yield case(f"export/all-{name}-{form}", line, lang=lang, world=world)
    twice = "export members -o {out}/members.csv"
    yield from both("export/file-there", twice, then=[twice, f"{twice} --force"], exits=REFUSES | {0})


def _form(here: Here) -> Iterator[Case]:
    for at, (kind, paths) in enumerate(here.found.records.items()):
        for lang, form in zip(LANGUAGES, ("docx", "pdf"), strict=True):
            if form == "pdf" and at % 3:
                continue
            line = f"form {paths[0]} --format {form} --audience handlers{here.pressed(form)}"
            yield case(f"form/{kind}-{form}", line, lang=lang, exits=MAY_REFUSE)
    for at, kind in enumerate(here.found.kinds):
        form = ("docx", "pdf")[at % 2]
        line = f"form {kind} --blank --format {form}{here.pressed(form)}"
        yield case(f"form/blank-{kind}", line, lang=turned(at // 2), exits=MAY_REFUSE)
    for kind in _SECRETS:
        for at, audience in enumerate(here.offer.choices("form", "--audience")):
            line = f"form {here.found.records[kind][0]} --format docx --audience {audience}"
            yield case(f"form/{kind}-{audience}", line, lang=turned(at), exits=MAY_REFUSE)
    yield from _form_chosen(here)


def _form_chosen(here: Here) -> Iterator[Case]:
    records = here.found.records
    for at, (name, words) in enumerate(
        {
            "folder": "targets/2026 --member m003",
            "year": "appraisal-2025 --member m003",
            "roster": "members",
            "register": "letter-2026 --audience handlers",
            "rev": f"{records['member'][-1]} --rev HEAD~150",
            "staged": f"{records['dues'][0]} --staged",
        }.items()
    ):
        for form in ("docx", "pdf"):
            line = f"form {words} --format {form}{here.pressed(form)}"
            yield case(f"form/{name}-{form}", line, lang=turned(at))
    meeting = records["general-meeting"][0]
    yield from both("form/template", f"form {meeting} --template {{root}}/sheets/minutes.docx")
    then = [f"form {meeting} -o {{out}}/b.docx --force"]
    yield from both("form/file", f"form {meeting} -o {{out}}/a.pdf{here.pressed('pdf')}", then=then)


def _calendar(here: Here) -> Iterator[Case]:
    for audience in here.offer.choices("calendar", "--audience"):
        yield from both(f"calendar/{audience}", f"calendar --audience {audience}")
    picks = (pick for pick in _PICKS if "--system" not in pick and "--state" not in pick)
    for at, words in enumerate((*picks, "--system 3", "--state late", "--alarm 7,1")):
        yield case(f"calendar/{slug(words)}", f"calendar {words}", lang=turned(at))
    yield from both("calendar/no-alarm", "calendar --alarm ''")
    file = "calendar -o {out}/a.ics"
    yield from both("calendar/file", file, then=[f"{file} --force"])
    yield from both("calendar/few", "calendar", world="few")


def _board(here: Here) -> Iterator[Case]:
    out = "board -o {out}/board"
    for audience in here.offer.choices("board", "--audience"):
        for world in ("zh", "en"):
            yield from both(f"board/{world}-{audience}", f"{out} --audience {audience}", world=world)
    yield from both("board/contact", f"{out} --contact '意见箱 <门口> & 8001' --rev HEAD~150")
    yield from both("board/again", out, then=[out, f"{out} --force"], exits=ANY)
    yield from both("board/busy", out, world="busy", exits=ANY)


def _everywhere(command: str) -> Iterator[Case]:
    """Ask in every world, on a coloured terminal of two widths, and in the language that is not asked for."""
    for at, world in enumerate(WORLDS):
        yield case(f"{command}/{slug(world)}", command, lang=turned(at), world=world, exits=ANY)
    for world in ("en", "few", "void"):
        yield case(f"{command}/{world}", command, lang="", world=world, exits=ANY)
    for columns in ("60", "120"):
        yield from both(f"{command}/colour-{columns}", f"--color always {command}", extra={"COLUMNS": columns})
    for name, extra in {"asked": {"DANGWU_LANG": "en"}, "system": {"LC_ALL": "en_GB.UTF-8"}}.items():
        for world in ("few", "void"):
            yield case(f"{command}/{name}-{world}", command, lang="", world=world, extra=extra, exits=ANY)
