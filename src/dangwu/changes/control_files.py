"""Files that decide how records are judged, shown, approved or run: a change of one comes before all records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.changes.sections import lines
from dangwu.model.edit import Edit
from dangwu.model.message import Text, say
from dangwu.model.review import ControlChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHOWN = 1 << 16
_ATTRIBUTES = say("It decides which changes git shows, and which programs treat files.")
_OWNERS = say("It decides who must approve a change.")
_WORKFLOWS = say("It decides what the forge runs, and with which rights.")
_HOOKS = say("It decides what runs on people's computers before a commit.")
_KEYS = say("It decides who can read sealed records, or whose signature counts.")
_RULES = say("It changes the rulebook; what it changes in duties stands below.")
_ACCEPTED = say("It silences findings.")
_BRANCH = say("It holds the superior, posts, terms, groups and settings by which everything is judged.")
_SETTINGS = say("It decides how editors and dangwu treat the records.")
_NAMES = say("It changes how people's names are shown, or which files are passed over.")
_ELSEWHERE = say("It brings in files from another repository.")

_KNOWN: tuple[tuple[str, Text], ...] = (
    (r"(?:.*/)?\.gitattributes", _ATTRIBUTES),
    (r"(?:.*/)?CODEOWNERS", _OWNERS),
    (r"(?:.*/)?(?:pull_request_template|merge_request_templates|issue_template)\b.*", _OWNERS),
    (r"(?:.*/)?\.(?:github|gitea|forgejo|gitee|gitlab|circleci|woodpecker|workflow)/.*", _WORKFLOWS),
    (
        r"(?:.*/)?(?:\.gitlab-ci|\.drone|\.travis|azure-pipelines|\.woodpecker)[^/]*\.ya?ml|(?:.*/)?Jenkinsfile",
        _WORKFLOWS,
    ),
    (r"(?:.*/)?(?:\.pre-commit-config\.yaml|\.pre-commit-hooks\.yaml|\.?(?:git)?hooks/.*|\.husky/.*)", _HOOKS),
    (r"(?:.*/)?(?:recipients|allowed_signers|[^/]*\.pub)(?:\.txt)?", _KEYS),
    (r"rules/.*", _RULES),
    (r"accepted\.yaml", _ACCEPTED),
    (r"branch\.yaml", _BRANCH),
    (r"(?:.*/)?\.(?:dangwu|vscode|idea|devcontainer)/.*|(?:.*/)?\.editorconfig", _SETTINGS),
    (r"(?:.*/)?\.(?:mailmap|gitignore)|(?:.*/)?\.git-blame-ignore-revs", _NAMES),
    (r"(?:.*/)?\.gitmodules", _ELSEWHERE),
)
_EXPRESSIONS = tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), why) for pattern, why in _KNOWN)
_FOLDERS = (
    "accountability|admonitions|appraisals|complainants|disclosures|dues|inspections|meetings|members|plans|"
    "rectifications|rules|summaries|supervision|targets|trainings|waivers"
)
_HARMFUL: tuple[tuple[re.Pattern[str], re.Pattern[str], Text], ...] = tuple(
    (re.compile(path), re.compile(line), warning)
    for path, line, warning in (
        (r"\.gitattributes$", r"\s(?:-diff|-text|binary|(?:linguist|gitlab)-(?:generated|vendored))\b",
         say("This line hides changes: {line}")),
        (r"\.gitattributes$", r"\s(?:diff|filter|merge|working-tree-encoding|ident|export-\w+)\b=?",
         say("By this line a program or a conversion comes between the file and what is shown: {line}")),
        (r"\.ya?ml$|Jenkinsfile$",
         r"pull_request_target|workflow_run|\bsecrets\s*(?:[.\[)]|:\s*inherit)|:\s*write\b|write-all",
         say("This line gives a run more rights than a check needs: {line}")),
        (r"\.gitignore$", rf"^(?![#!]).*(?:\.ya?ml|\.md|{_FOLDERS})|^(?:.*/)?\*+/?$",
         say("This line keeps records out of git: {line}")),
    )
)  # fmt: skip
_LINK, _SUBMODULE, _PROGRAM = "120000", "160000", "100755"


class Blob(NamedTuple):
    """A file of a tree: its blob id and its git mode."""

    id: str
    mode: str


class Whole(NamedTuple):
    """Every file of a tree by its path from the top of the repository, and where the record root is in it."""

    files: Mapping[str, Blob]
    prefix: str


def why(path: str) -> Text | None:
    """Return why a file is one of control, None where it is none; ``path`` is below the record root."""
    return next((reason for expression, reason in _EXPRESSIONS if expression.fullmatch(path)), None)


def changed_paths(before: Whole, after: Whole) -> list[str]:
    """Return the paths at which two trees differ, in order."""
    return sorted(path for path in {*before.files, *after.files} if before.files.get(path) != after.files.get(path))


def controls(before: Whole, after: Whole, texts: Mapping[str, bytes | None]) -> Iterator[ControlChange]:
    """Yield the changed files of control, and files that became a link, a submodule or a program.

    ``texts`` gives bytes by blob id, of those that are to be shown.
    """
    for path in changed_paths(before, after):
        old, new = before.files.get(path), after.files.get(path)
        reason = why(path.removeprefix(after.prefix)) or why(path)
        odd = _odd(old, new)
        if reason is None and odd is None:
            continue
        edit = Edit.ADDED if old is None else Edit.REMOVED if new is None else Edit.CHANGED
        gone, come = lines(_rows(old, texts), _rows(new, texts))
        warnings = tuple(_warnings(path, come))
        yield ControlChange(path, edit, reason or odd or _SETTINGS, gone, come, (*((odd,) if odd else ()), *warnings))


def _odd(old: Blob | None, new: Blob | None) -> Text | None:
    """Say what is odd about a file's mode, if it is new."""
    if new is None or (old is not None and old.mode == new.mode):
        return None
    return {
        _LINK: say("It is a link; no record is read through it."),
        _SUBMODULE: say("It is another repository; no record is read in it."),
        _PROGRAM: say("It can be run as a program; records are plain files."),
    }.get(new.mode)


def _rows(blob: Blob | None, texts: Mapping[str, bytes | None]) -> list[str]:
    raw = texts.get(blob.id) if blob else None
    return [] if raw is None else raw[:_SHOWN].decode(errors="replace").splitlines()


def _warnings(path: str, come: tuple[str, ...]) -> Iterator[Text]:
    for name, line, warning in _HARMFUL:
        if name.search(path):
            yield from (warning_of(warning, each) for each in come if line.search(each))


def warning_of(warning: Text, line: str) -> Text:
    """Return a warning with the line that it is about."""
    return Text(warning.template, (("line", line.strip()[:160]),))
