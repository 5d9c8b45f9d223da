"""Files that decide how records are judged, shown, approved or run: a change of one comes before all records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.changes.sections import find_line_changes
from dangwu.model.edit import Edit
from dangwu.model.message import Text, say
from dangwu.model.review import ControlChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_SHOWN_BYTES = 1 << 16
_ATTRIBUTES_REASON = say("It decides which changes git shows, and which programs treat files.")
_OWNERS_REASON = say("It decides who must approve a change.")
_WORKFLOWS_REASON = say("It decides what the forge runs, and with which rights.")
_HOOKS_REASON = say("It decides what runs on people's computers before a commit.")
_KEYS_REASON = say("It decides who can read sealed records, or whose signature counts.")
_RULES_REASON = say("It changes the rulebook; what it changes in duties stands below.")
_ACCEPTED_REASON = say("It silences findings.")
_BRANCH_REASON = say("It holds the superior, posts, terms, groups and settings by which everything is judged.")
_SETTINGS_REASON = say("It decides how editors and dangwu treat the records.")
_NAMES_REASON = say("It changes how people's names are shown, or which files are passed over.")
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
         say("By this line a program or a conversion comes between the file and what is shown: {line}")),
        (r"\.ya?ml$|Jenkinsfile$",
         r"pull_request_target|workflow_run|\bsecrets\s*(?:[.\[)]|:\s*inherit)|:\s*write\b|write-all",
         say("This line gives a run more rights than a check needs: {line}")),
        (r"\.gitignore$", rf"^(?![#!]).*(?:\.ya?ml|\.md|{_RECORD_FOLDERS})|^(?:.*/)?\*+/?$",
         say("This line keeps records out of git: {line}")),
    )
)  # fmt: skip
_LINK_MODE, _SUBMODULE_MODE, _PROGRAM_MODE = "120000", "160000", "100755"


class TreeFile(NamedTuple):
    """A file of a tree: its blob id and its git mode."""

    id: str
    mode: str


class TreeListing(NamedTuple):
    """Every file of a tree by its path from the top of the repository, and where the record root is in it."""

    files: Mapping[str, TreeFile]
    prefix: str


def find_control_reason(path: str) -> Text | None:
    """Return why a file is one of control, None where it is none; ``path`` is below the record root."""
    return next((reason for expression, reason in _CONTROL_EXPRESSIONS if expression.fullmatch(path)), None)


def find_changed_paths(before: TreeListing, after: TreeListing) -> list[str]:
    """Return the paths at which two trees differ, in order."""
    return sorted(path for path in {*before.files, *after.files} if before.files.get(path) != after.files.get(path))


def find_control_changes(
    before: TreeListing, after: TreeListing, texts: Mapping[str, bytes | None]
) -> Iterator[ControlChange]:
    """Yield the changed files of control, and files that became a link, a submodule or a program.

    ``texts`` gives bytes by blob id, of those that are to be shown.
    """
    for path in find_changed_paths(before, after):
        old, new = before.files.get(path), after.files.get(path)
        reason = find_control_reason(path.removeprefix(after.prefix)) or find_control_reason(path)
        odd = _describe_odd_mode(old, new)
        if reason is None and odd is None:
            continue
        edit = Edit.ADDED if old is None else Edit.REMOVED if new is None else Edit.CHANGED
        gone, come = find_line_changes(_read_lines(old, texts), _read_lines(new, texts))
        warnings = tuple(_find_warnings(path, come))
        yield ControlChange(
            path, edit, reason or odd or _SETTINGS_REASON, gone, come, (*((odd,) if odd else ()), *warnings)
        )


def _describe_odd_mode(old: TreeFile | None, new: TreeFile | None) -> Text | None:
    """Say what is odd about a file's mode, if it is new."""
    if new is None or (old is not None and old.mode == new.mode):
        return None
    return {
        _LINK_MODE: say("It is a link; no record is read through it."),
        _SUBMODULE_MODE: say("It is another repository; no record is read in it."),
        _PROGRAM_MODE: say("It can be run as a program; records are plain files."),
    }.get(new.mode)


def _read_lines(blob: TreeFile | None, texts: Mapping[str, bytes | None]) -> list[str]:
    raw = texts.get(blob.id) if blob else None
    return [] if raw is None else raw[:_MAX_SHOWN_BYTES].decode(errors="replace").splitlines()


def _find_warnings(path: str, come: tuple[str, ...]) -> Iterator[Text]:
    for name, line, warning in _HARMFUL_LINES:
        if name.search(path):
            yield from (format_line_warning(warning, each) for each in come if line.search(each))


def format_line_warning(warning: Text, line: str) -> Text:
    """Return a warning with the line that it is about."""
    return Text(warning.template, (("line", line.strip()[:160]),))
