"""The cases of the commands that read history, rules and the tool itself: review to completion, help, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.outputs_case import ANY, MAY_REFUSE, REFUSES, both, case, slug, turned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.outputs_case import Case
    from tests.bench.outputs_reading import Here

_VERSIONS = r"\d+\.\d+"
"""Lines of doctor that name versions, which are the machine's and not the build's."""
_CHANGES = (
    ("zh", "HEAD"),
    ("zh", "HEAD~200..HEAD~150"),
    ("zh", "HEAD~390..HEAD~380"),
    ("busy", "HEAD"),
    ("busy", "HEAD~1^1...HEAD~1^2"),
    ("busy", "HEAD~3..HEAD"),
    ("below/party/records", "HEAD~1..HEAD"),
    ("shallow", "HEAD~1..HEAD"),
)
"""Worlds, and changes in them to be reviewed."""
_REFUSED = """\
nothing
check --nothing
check --format nothing
check --audience nothing
check --rev nothing
check --range HEAD
check ../..
check --staged --rev HEAD
due --period 2026-13
due --state nothing
due --year x
report --format nothing
report --year 1
report --audience nobody
report -o meetings/2026/a.md
export
export nothing
export all --format csv
export members --register plans
import
import members nothing.csv
import members branch.yaml
import --undo
calendar --alarm x
board
board -o meetings
board -o {out}/b --audience committee
form nothing
form --blank nothing
form m001 --format odt
form m001 --template branch.yaml
explain DW000
explain nothing
explain 3.1/2026-03/g9
review
review nothing..HEAD
review HEAD --make
review HEAD --audience public
log nothing
audit --year x
audit --audience public
audit --since-anchor nothing
rules diff nothing
adopt nothing
schema show nothing
completion tcsh
new nothing
new group-meeting --no-input
new member --no-input --name x --status x
new waiver --no-input
new admonition --no-input --id m001
init .
demo .
demo {out}/d --members 0
hook nothing
--lang fr check
--color x check
--as-of x check
-C nowhere check
"""
"""Command lines that are refused: a word, a day, a revision, a record or an audience that there is not."""


def history(here: Here) -> Iterator[Case]:
    """Yield the cases of what was recorded when, of the rulebook, and of the tool itself."""
    for make in (_review, _log, _audit, _rules, _explain, _schema, _tool, _help, _refusals):
        yield from make(here)


def _review(here: Here) -> Iterator[Case]:
    for at, (form, word) in enumerate(here.offer.formats("review")):
        for audience in here.offer.choices("review", "--audience"):
            line = f"review HEAD~2..HEAD~1 --format {word} --audience {audience}"
            yield from both(f"review/{form}-{audience}-busy", line, world="busy")
            line = f"review HEAD~20..HEAD --format {word} --audience {audience}"
            yield case(f"review/{form}-{audience}-zh", line, lang=turned(at))
    for at, (world, change) in enumerate(_CHANGES):
        name, line = slug(f"{world}-{change}"), f"review {change}"
        yield from both(f"review/{name}", line, world=world, exits=ANY)
        yield case(f"review/{name}-json", f"{line} --format json", lang=turned(at), world=world, exits=ANY)
    for limit in here.offer.choices("review", "--fail-on"):
        yield case(f"review/fail-on-{limit}", f"review HEAD~20..HEAD --fail-on {limit}", lang="en")
    quarantine = "review HEAD~2..HEAD --quarantine {root}/busy --reviewer office@example.org"
    yield from both("review/quarantine", quarantine, world="void")
    accept = "review HEAD~20..HEAD --accept --by '砚溪镇党委 <office@example.org>'"
    yield from both("review/accept", accept)
    yield from both("review/accept-made", f"{accept} --make --unsigned", copied=True)
    yield case("review/signers", "review HEAD --signers {root}/sheets/signers")


def _log(here: Here) -> Iterator[Case]:
    records = here.found.records
    for kind in ("member", "general-meeting", "group-meeting", "dues", "target", "quarter-plan", "branch"):
        for at, (form, word) in enumerate(here.offer.formats("log")):
            yield case(f"log/{kind}-{form}", f"log {records[kind][-1]} --format {word}", lang=turned(at + len(kind)))
    for kind in ("letter", "case", "admonition", "disclosure"):
        for audience in here.offer.choices("log", "--audience"):
            line = f"log {records[kind][0]} --audience {audience}"
            yield from both(f"log/{kind}-{audience}", line, exits=MAY_REFUSE)
    for name, record in (("member", "m005"), ("case", records["case"][0]), ("name", "m003")):
        line = f"log {record} --reviewer office@example.org --audience handlers"
        yield from both(f"log/busy-{name}", line, world="busy", exits=MAY_REFUSE)
    yield from both("log/rev", "log branch.yaml --rev HEAD~150")
    yield case("log/signers", "log branch.yaml --signers {root}/sheets/signers")


def _audit(here: Here) -> Iterator[Case]:
    for at, (form, word) in enumerate(here.offer.formats("audit")):
        for audience in here.offer.choices("audit", "--audience"):
            line = f"audit --format {word} --audience {audience}"
            yield from both(f"audit/{form}-{audience}-busy", line, world="busy")
            yield case(f"audit/{form}-{audience}-zh", line, lang=turned(at))
    for limit in here.offer.choices("audit", "--fail-on"):
        yield case(f"audit/fail-on-{limit}", f"audit --fail-on {limit}", lang="en")
    for name, words in {
        "year": "--year 2025",
        "rev": "--rev HEAD~60",
        "reviewer": "--reviewer office@example.org",
        "anchored": "--since-anchor {root}/sheets/anchors",
        "signers": "--signers {root}/sheets/signers",
    }.items():
        yield from both(f"audit/{name}", f"audit {words}")
    yield from both("audit/anchor", "audit anchor --rev HEAD~10")
    for world in ("few", "below/party/records", "shallow", "bare"):
        yield from both(f"audit/{slug(world)}", "audit", world=world, exits=ANY)


def _rules(here: Here) -> Iterator[Case]:
    for form, word in here.offer.formats("rules"):
        for world in ("zh", "busy", "void"):
            yield from both(f"rules/{form}-{world}", f"rules --format {word}", world=world)
    for number in range(1, 11):
        yield case(f"rules/system-{number}", f"rules --system {number}", lang=turned(number))
    yield from both("rules/before", "rules", day="2019-01-01")
    for form, word in here.offer.formats("rules diff"):
        line = f"rules diff --format {word}"
        yield from both(f"rules/diff-{form}-days", f"{line} 2020-01-01 2026-11-23")
        yield from both(f"rules/diff-{form}-revisions", f"{line} HEAD~3..HEAD", world="busy")
    yield from both("rules/diff-system", "rules diff 2020-01-01 --system 3", world="busy")


def _explain(here: Here) -> Iterator[Case]:
    for at, code in enumerate(here.found.codes):
        yield case(f"explain/{code}", f"explain {code}", lang=turned(at), world="void")
    for at, clause in enumerate(here.found.clauses):
        yield case(f"explain/clause-{slug(clause)}", f"explain '{clause}'", lang=turned(at), world="void")
    for at, duty in enumerate(here.found.duties):
        line = f"explain '{duty}' --audience handlers"
        yield case(f"explain/duty-{slug(duty)}", line, lang=turned(at))
    personal = [duty for duty in here.found.duties if duty.startswith(("10.", "9.2(7)", "5."))]
    for duty in personal[:3]:
        for at, audience in enumerate(here.offer.choices("explain", "--audience")):
            line = f"explain '{duty}' --audience {audience}"
            yield case(f"explain/duty-{slug(duty)}-{audience}", line, lang=turned(at), exits=MAY_REFUSE)
    yield from both("explain/name", "explain attendance-incomplete")


def _schema(here: Here) -> Iterator[Case]:
    for at, kind in enumerate(here.found.kinds):
        yield case(f"schema/{kind}", f"schema show {kind}", lang=turned(at), world="void")
    yield from both("schema/title", "schema show 党小组会", world="void")
    yield from both("schema/export", "schema export {out}/schema", world="void")
    yield case("schema/export-here", "schema export", world="bare", copied=True)


def _tool(here: Here) -> Iterator[Case]:
    for world in ("zh", "bare", "busy", "below/party/records", "shallow", "void"):
        exits = frozenset({0, 3})
        yield from both(f"doctor/{slug(world)}", "doctor", without=_VERSIONS, world=world, exits=exits)
        for at, (form, word) in enumerate(here.offer.formats("hook status")):
            line = f"hook status --format {word}"
            yield case(f"hook/status-{form}-{slug(world)}", line, lang=turned(at), world=world, exits=exits)
    for shell in here.offer.choices("completion"):
        yield case(f"completion/{shell}", f"completion {shell}", world="void")
    for line in ("dangwu ch", "dangwu check --", "dangwu new gro", "dangwu report --format "):
        extra = {"_DANGWU_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        yield case(f"completion/answer-{slug(line)}", "", lang="en", world="void", extra=extra)


def _help(here: Here) -> Iterator[Case]:
    for path in here.offer.helps:
        yield from both(f"help/{slug(path) or 'dangwu'}", f"{path} --help", world="void")
    yield from both("help/short", "-h", world="void")
    yield from both("help/nothing", "", world="void")
    yield from both("help/narrow", "report --help", world="void", extra={"COLUMNS": "50"})


def _refusals(here: Here) -> Iterator[Case]:
    del here
    for at, line in enumerate(_REFUSED.splitlines()):
        yield case(f"refusal/{slug(line)}", line, lang=turned(at), exits=REFUSES)
    for command in ("check", "due", "report", "log m001", "audit", "review HEAD", "export members", "hook install"):
        yield from both(f"refusal/void-{slug(command)}", command, world="void", exits=ANY)
