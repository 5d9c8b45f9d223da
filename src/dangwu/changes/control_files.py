"""Control files: those that decide how records are checked, shown, approved or run; and their changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.changes.sections import find_line_changes
from dangwu.model.edit import Edit
from dangwu.model.message import Text, say
from dangwu.model.review import ControlChange
from dangwu.model.tree import LINK_MODE, PROGRAM_MODE, SUBMODULE_MODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_SHOWN_BYTES = 1 << 16
_ATTRIBUTES_REASON = say("It decides which changes git shows, and which programs treat files.")
_OWNERS_REASON = say("It decides who must approve a change.")
_WORKFLOWS_REASON = say("It decides what the forge runs, and with which rights.")
_HOOKS_REASON = say("It decides what runs on people's computers before a commit.")
_KEYS_REASON = say("It decides who can read sealed records, or whose signature counts.")
_RULES_REASON = say("It changes the rulebook; the changes in duties are shown below.")
_ACCEPTED_REASON = say("It silences findings.")
_BRANCH_REASON = say("It holds the superior, posts, terms, groups and settings by which everything is judged.")
_SETTINGS_REASON = say("It decides how editors and dangwu treat the records.")
_NAMES_REASON = say("It changes how people's names are shown, or which files are ignored.")
_SUBMODULES_REASON = say("It brings in files from another repository.")

_CONTROL_PATTERNS: tuple[tuple[str, Text], ...] = (
    (r"(?:.*/)?\.gitattributes", _ATTRIBUTES_REASON),
    (r"(?:.*/)?CODEOWNERS", _OWNERS_REASON),
    (r"(?:.*/)?(?:pull_request_template|merge_request_templates|issue_template)\b.*", _OWNERS_REASON),
    (r"(?:.*/)?\.(?:github|gitea|forgejo|gitee|gitlab|circleci|woodpecker|workflow)/.*", _WORKFLOWS_REASON),
    (
        r"(?:.*/)?(?:\.gitlab-ci|\.drone|\.travis|azure-pipelines|\.woodpecker)[^/]*\.ya?ml|(?:.*/)?Jenkinsfile",
        _WORKFLOWS_REASON,
    ),
    (r"(?:.*/)?(?:\.pre-commit-config\.yaml|\.pre-commit-hooks\.yaml|\.?(?:git)?hooks/.*|\.husky/.*)", _HOOKS_REASON),
    (r"(?:.*/)?(?:recipients|allowed_signers|[^/]*\.pub)(?:\.txt)?", _KEYS_REASON),
    (r"rules/.*", _RULES_REASON),
    (r"accepted\.yaml", _ACCEPTED_REASON),
    (r"branch\.yaml", _BRANCH_REASON),
    (r"(?:.*/)?\.(?:dangwu|vscode|idea|devcontainer)/.*|(?:.*/)?\.editorconfig", _SETTINGS_REASON),
    (r"(?:.*/)?\.(?:mailmap|gitignore)|(?:.*/)?\.git-blame-ignore-revs", _NAMES_REASON),
    (r"(?:.*/)?\.gitmodules", _SUBMODULES_REASON),
)
_CONTROL_EXPRESSIONS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), why) for pattern, why in _CONTROL_PATTERNS
)
_RECORD_FOLDERS = (
    "accountability|admonitions|appraisals|complainants|disclosures|dues|inspections|meetings|members|plans|"
    "rectifications|rules|summaries|supervision|targets|trainings|waivers"
)
_HARMFUL_LINES: tuple[tuple[re.Pattern[str], re.Pattern[str], Text], ...] = tuple(
    (re.compile(path), re.compile(line), warning)
    for path, line, warning in (
        (r"\.gitattributes$", r"\s(?:-diff|-text|binary|(?:linguist|gitlab)-(?:generated|vendored))\b",
         say("This line hides changes: {line}")),
        (r"\.gitattributes$", r"\s(?:diff|filter|merge|working-tree-encoding|ident|export-\w+)\b=?",
         say("This line puts a program or a conversion between the file and what is shown: {line}")),
        (r"\.ya?ml$|Jenkinsfile$",
         r"pull_request_target|workflow_run|\bsecrets\s*(?:[.\[)]|:\s*inherit)|:\s*write\b|write-all",
         say("This line gives a run more rights than a check needs: {line}")),
        (r"\.gitignore$", rf"^(?![#!]).*(?:\.ya?ml|\.md|{_RECORD_FOLDERS})|^(?:.*/)?\*+/?$",
         say("This line keeps records out of git: {line}")),
    )
)  # fmt: skip


class TreeFile(NamedTuple):
    """The blob id and the git mode of a file in a tree."""

    id: str
    mode: str


class TreeListing(NamedTuple):
    """All files of a tree by path from the top of the repository; ``prefix`` is the path of the record root."""

    files: Mapping[str, TreeFile]
    prefix: str


def find_control_reason(path: str) -> Text | None:
    """Return why a file is a control file, None if it is none; ``path`` counts from the record root."""
    return next((reason for expression, reason in _CONTROL_EXPRESSIONS if expression.fullmatch(path)), None)


def find_changed_paths(before: TreeListing, after: TreeListing) -> list[str]:
    """Return the paths at which two trees differ, sorted."""
    return sorted(path for path in {*before.files, *after.files} if before.files.get(path) != after.files.get(path))


def find_control_changes(
    before: TreeListing, after: TreeListing, texts: Mapping[str, bytes | None]
) -> Iterator[ControlChange]:
    """Yield the changed control files, and files that became a link, a submodule or a program.

    ``texts`` has the bytes of control files by blob id.
    """
    for path in find_changed_paths(before, after):
        old, new = before.files.get(path), after.files.get(path)
        reason = find_control_reason(path.removeprefix(after.prefix)) or find_control_reason(path)
        mode_warning = _find_mode_warning(old, new)
        if reason is None and mode_warning is None:
            continue
        edit = Edit.ADDED if old is None else Edit.REMOVED if new is None else Edit.CHANGED
        gone, come = find_line_changes(_read_lines(old, texts), _read_lines(new, texts))
        warnings = (*((mode_warning,) if mode_warning else ()), *_find_warnings(path, come))
        yield ControlChange(path, edit, reason or mode_warning or _SETTINGS_REASON, gone, come, warnings)


def _find_mode_warning(old: TreeFile | None, new: TreeFile | None) -> Text | None:
    """Return the warning for a file that became a link, a submodule or a program."""
    if new is None or (old is not None and old.mode == new.mode):
        return None
    return {
        LINK_MODE: say("It is a link; no record is read through it."),
        SUBMODULE_MODE: say("It is another repository; no record is read in it."),
        PROGRAM_MODE: say("It can be run as a program; records are plain files."),
    }.get(new.mode)


def _read_lines(file: TreeFile | None, texts: Mapping[str, bytes | None]) -> list[str]:
    """Return the lines in the first 64 KiB of a file."""
    raw = texts.get(file.id) if file else None
    return [] if raw is None else raw[:_MAX_SHOWN_BYTES].decode(errors="replace").splitlines()


def _find_warnings(path: str, come: tuple[str, ...]) -> Iterator[Text]:
    for path_pattern, line_pattern, warning in _HARMFUL_LINES:
        if path_pattern.search(path):
            yield from (format_line_warning(warning, line) for line in come if line_pattern.search(line))


def format_line_warning(warning: Text, line: str) -> Text:
    """Return a warning with its line, cut to 160 characters."""
    return Text(warning.template, (("line", line.strip()[:160]),))
