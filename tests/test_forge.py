"""What a record repository brings for its forge: valid by the published schemas, harmless, and run step by step."""

from __future__ import annotations

import codecs
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from dangwu.changes.control_files import find_control_reason
from dangwu.data import resources
from tests.support.branches import base_files
from tests.support.forge import (
    BAD,
    GITEA,
    GITHUB,
    GITLAB,
    GOOD,
    TEMPLATE,
    Ran,
    Request,
    Runner,
    parsed,
    play_actions,
    play_gitlab,
    request,
)
from tests.support.run import is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMAS = {GITHUB: "vendor.github-workflows", GITEA: "vendor.github-workflows", GITLAB: "vendor.gitlab-ci"}
SCRIPT, WINDOWS = ".dangwu/ci/check.sh", ".dangwu/ci/check.ps1"
ACTIONS = (GITHUB, GITEA)
posix = pytest.mark.skipif(os.name == "nt", reason="runners of these workflows have a POSIX shell")


def problems(schema: str, text: str, folder: Path) -> str:
    """Return what the published schema, as check-jsonschema carries it, says against a file; nothing is fetched."""
    (folder / "f.yml").write_text(text, encoding="utf-8")
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "--data-transform", "gitlab-ci"]
    done = subprocess.run([*words, folder / "f.yml"], capture_output=True, text=True, encoding="utf-8", check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("path", SCHEMAS)
def test_valid_by_its_published_schema(path: str, tmp_path: Path) -> None:
    assert problems(SCHEMAS[path], TEMPLATE[path], tmp_path) == ""


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        (GITHUB, "runs-on:", "runs_on:"),
        (GITHUB, "contents: read", "contents: reed"),
        (GITEA, "pull_request:", "pull_requests:"),
        (GITEA, "steps:", "step:"),
        (GITLAB, "script:\n    - dangwu check", "skript:\n    - dangwu check"),
        (GITLAB, "when: always", "when: sometimes"),
    ],
)
def test_the_schema_refuses_a_broken_one(path: str, right: str, wrong: str, tmp_path: Path) -> None:
    assert right in TEMPLATE[path]
    assert problems(SCHEMAS[path], TEMPLATE[path].replace(right, wrong, 1), tmp_path)


def steps() -> Iterator[tuple[str, str]]:
    """Yield every shell text of the template with its file."""
    for path in ACTIONS:
        for job in parsed(path)["jobs"].values():
            yield from ((path, step["run"]) for step in job["steps"] if "run" in step)
    pipeline = parsed(GITLAB)
    for part in (pipeline["default"], *pipeline.values()):
        for key in ("before_script", "script"):
            yield from ((GITLAB, line) for line in part.get(key, ()))
    yield SCRIPT, TEMPLATE[SCRIPT]


def test_a_branch_under_review_is_only_data() -> None:
    """Reads only, holds no secret, runs no file of the branch, and takes no text of the request into a shell."""
    for path in ACTIONS:
        workflow = parsed(path)
        assert workflow["on"] == {"pull_request": None, "push": {"branches": ["main"]}}
        assert workflow["permissions"] == {"contents": "read"}
        for job in workflow["jobs"].values():
            assert "permissions" not in job
            for step in job["steps"]:
                assert not step.get("uses", "").startswith("./")
                if "checkout" in step.get("uses", ""):
                    assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}
        values = set(re.findall(r"\$\{\{(.*?)\}\}", TEMPLATE[path]))
        sha = " github.event.pull_request.{}.sha "
        assert values == {" vars.DANGWU_PACKAGE ", sha.format("base"), sha.format("head")}
    for path, text in steps():
        assert "${{" not in text, path
        for python in re.findall(
            r"python3\"? .*", "\n".join(re.sub(r"^\s*#.*", "", line) for line in text.split("\n"))
        ):
            assert re.match(r'python3"? -I -m (venv|pip) ', python), "-I: the branch may hold a pip.py"
        if path != SCRIPT:
            assert not re.search(r"\.dangwu|\bsh \S|\bsource\b|\beval\b|\./", text), path
    for path in (*SCHEMAS, SCRIPT, WINDOWS):
        assert not re.search(r"pull_request_target|secrets\.|_TOKEN|head_ref|https?://", TEMPLATE[path]), path


def test_actions_are_pinned_by_commit_with_their_version() -> None:
    used = [line for path in ACTIONS for line in TEMPLATE[path].splitlines() if "uses:" in line]
    assert used
    for line in used:
        assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\b", line), line


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Request:
    return request(tmp_path_factory.mktemp("forge"))


def exits(ran: dict[str, Ran]) -> dict[str, int]:
    return {name: each.code for name, each in ran.items()}


def on_request(asked: Request) -> dict[str, str]:
    shas = {f"github.event.pull_request.{name}.sha": getattr(asked, name) for name in ("base", "head")}
    return {"github.event_name": "pull_request", "vars.DANGWU_PACKAGE": "", **shas}


ON_MAIN = {"github.event_name": "push", "vars.DANGWU_PACKAGE": "dangwu==0.1.0"}


@posix
def test_github_judges_a_pull_request(asked: Request, tmp_path: Path) -> None:
    runner = Runner.at(tmp_path, asked, asked.merge)
    ran = play_actions(runner, GITHUB, on_request(asked))
    assert exits(ran) == {"Install": 0, "Check": 1, "Review": 1}, ran
    assert runner.installed() == ["dangwu"]
    notes = ran["Check"].out.splitlines()
    assert any(re.match(rf"::error file={BAD},line=\d+,.*::.", note) for note in notes)
    assert all(re.match(r"::(error|warning|notice) ", note) for note in notes)
    summary = (tmp_path / "summary").read_text("utf-8")
    head, check, review = summary.split("\n\n", 2)
    assert head == "## dangwu check"
    assert BAD in check
    assert all(line.startswith("    ") for line in check.split("\n")), "records cannot shape the summary"
    assert re.search("^# ", review, re.MULTILINE)
    assert GOOD in review
    assert BAD in review


@posix
def test_gitea_judges_a_pull_request(asked: Request, tmp_path: Path) -> None:
    runner = Runner.at(tmp_path, asked, asked.head)
    ran = play_actions(runner, GITEA, on_request(asked))
    assert exits(ran) == {"Install": 0, "Check": 1, "Review": 1}, ran
    assert runner.installed() == ["dangwu"]
    for name in ("Check", "Review"):
        assert BAD in ran[name].out
        assert all(line.startswith("| ") for line in ran[name].out.splitlines()), "no line is a command to the runner"
    assert GOOD in ran["Review"].out


@posix
def test_gitlab_judges_a_merge_request(asked: Request, tmp_path: Path) -> None:
    runner = Runner.at(tmp_path, asked, asked.head)
    event = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_SHA": asked.head}
    ran = play_gitlab(runner, {**event, "CI_MERGE_REQUEST_DIFF_BASE_SHA": asked.base})
    assert exits(ran) == {"check": 1, "review": 1}, ran
    assert runner.installed() == ["dangwu", "dangwu"]
    kept = parsed(GITLAB)["check"]["artifacts"]["reports"]
    quality = json.loads((runner.checkout / kept["codequality"]).read_bytes())
    assert BAD in {each["location"]["path"] for each in quality}
    assert all({"description", "check_name", "fingerprint", "severity", "location"} <= {*each} for each in quality)
    suite = ET.fromstring((runner.checkout / kept["junit"]).read_text("utf-8"))  # noqa: S314 - made by us
    assert [*suite.iter("failure")]
    (page,) = parsed(GITLAB)["review"]["artifacts"]["paths"]
    assert (runner.checkout / page).read_text("utf-8") == ran["review"].out
    assert GOOD in ran["review"].out
    assert BAD in ran["review"].out
    assert BAD in ran["check"].out


@posix
@pytest.mark.parametrize("path", ACTIONS)
def test_on_main_what_is_due_and_the_history(path: str, asked: Request, tmp_path: Path) -> None:
    runner = Runner.at(tmp_path, asked, asked.base)
    ran = play_actions(runner, path, ON_MAIN)
    assert exits(ran) == {"Install": 0, "Check": 0, "Due": 0, "Audit": 0}, ran
    assert runner.installed() == ["dangwu==0.1.0"]
    shown = (tmp_path / "summary").read_text("utf-8") if path == GITHUB else ran["Due"].out + ran["Audit"].out
    assert "3.1/2026-06/g1" in shown
    assert "DW961" in shown


@posix
def test_gitlab_on_main(asked: Request, tmp_path: Path) -> None:
    runner = Runner.at(tmp_path, asked, asked.base)
    event = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
    ran = play_gitlab(runner, {**event, "DANGWU_PACKAGE": "./a b.whl"})
    assert exits(ran) == {"check": 0, "audit": 0}, ran
    assert runner.installed() == ["./a b.whl"] * 2
    assert "3.1/2026-06/g1" in ran["audit"].out
    assert "DW961" in ran["audit"].out


@posix
def test_the_script_for_any_runner(asked: Request, tmp_path: Path) -> None:
    runner = Runner.at(tmp_path, asked, asked.merge)
    judged = runner.run("sh", f"set -- {asked.base} {asked.head}\n{TEMPLATE[SCRIPT]}")
    assert judged.code == 1
    assert runner.installed() == ["dangwu"]
    assert GOOD in judged.out
    plain = runner.run("sh", TEMPLATE[SCRIPT])
    assert plain.code == 1
    assert "DW961" in plain.out
    assert runner.run("sh", f"set -- {'0' * 40}\n{TEMPLATE[SCRIPT]}").code > 1, "the highest code"


def test_the_script_for_windows_says_the_same() -> None:
    """Only read, not run: there is no PowerShell here."""
    assert resources.build_template()[WINDOWS].startswith(codecs.BOM_UTF8), (
        "else Windows PowerShell garbles the Chinese"
    )
    commands = [
        [
            " ".join(found.split()[:2])
            for found in re.findall(r"^ *(?:run )?(dangwu \w+.*)$", TEMPLATE[path], re.MULTILINE)
        ]
        for path in (SCRIPT, WINDOWS)
    ]
    assert commands[0] == commands[1] == ["dangwu check", "dangwu review", "dangwu due", "dangwu audit"]
    assert not re.search(r"Invoke-Expression|\biex\b|Invoke-WebRequest", TEMPLATE[WINDOWS])


def owned(path: str, owners: str) -> bool:
    """Tell whether a filled-in owners file covers a path, as its forge reads it."""
    rules = re.findall(r"^# (\S+) @ORG/TEAM$", TEMPLATE[owners], re.MULTILINE)
    assert rules
    if owners.startswith(".gitea/"):
        # Its tokens lose one backslash, then match the whole path.
        return any(re.fullmatch(re.sub(r"\\(.)", r"\1", rule), path) for rule in rules)
    return any(path.startswith(rule[1:]) if rule.endswith("/") else path == rule[1:] for rule in rules)


@pytest.mark.parametrize("owners", [".github/CODEOWNERS", ".gitlab/CODEOWNERS", ".gitea/CODEOWNERS"])
def test_owners_keep_what_decides_about_other_files(owners: str) -> None:
    assert not re.findall(r"^[^#\n].*", TEMPLATE[owners], re.MULTILINE), "valid and without effect until filled in"
    control = {
        "branch.yaml",
        "accepted.yaml",
        "rules/a.yaml",
        "allowed_signers",
        "recipients",
        ".mailmap",
        "Jenkinsfile",
    }
    control |= {".gitmodules", ".pre-commit-config.yaml", ".forgejo/workflows/x.yml", "CODEOWNERS", "docs/CODEOWNERS"}
    control |= {*TEMPLATE} - {"README.md"}
    assert [path for path in sorted(control) if not owned(path, owners)] == []
    assert [path for path in sorted(control) if find_control_reason(path) is None] == []
    records = {*base_files()} - {"branch.yaml"}
    assert [path for path in sorted(records) if owned(path, owners)] == []


def test_every_forge_finds_the_same_page_for_a_pull_request() -> None:
    pages = {path: text for path, text in TEMPLATE.items() if re.search(r"pull_?request|merge_request", path.lower())}
    assert {path.split("/")[0] for path in pages} == {".github", ".gitlab", ".gitea", ".gitee"}
    (page,) = {*pages.values()}
    chinese, _, english = page.partition("## What\n")
    assert is_chinese(chinese)
    assert not is_chinese(english)
    assert chinese.count("- [ ]") == english.count("- [ ]") == 5
    assert "---" not in page, "GitCode takes it for front matter"
    assert "【待填】" not in page
