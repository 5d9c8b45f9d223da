"""The runners of forges, played on this machine: their variables, shells and rules; nothing is installed or fetched."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from dangwu.data import resources
from tests.support.branches import GROUP_MEETING, base_files
from tests.support.examples import BASE
from tests.support.gitrepo import GitRepo, script
from tests.support.run import LIMIT, environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAY = "2026-06-30"
GOOD, BAD = "meetings/2026/2026-06-11-group-meeting-g1.md", "members/王小明.yaml"
TEMPLATE = {path: raw.decode("utf-8-sig") for path, raw in resources.build_template().items()}
GITHUB, GITEA, GITLAB = ".github/workflows/dangwu.yml", ".gitea/workflows/dangwu.yml", ".gitlab-ci.yml"
_VALUE = re.compile(r"\$\{\{ (.+?) \}\}")
# Takes notes instead of fetching anything; ``dangwu`` is there only after it was asked to install it.
_PYTHON = """\
#!/bin/sh
here=$(dirname "$0")
for word in "$@"; do printf '[%s]' "$word"; done >>{notes}
echo >>{notes}
case "$*" in
"-I -m venv "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python3" ;;
"-I -m pip install --quiet "*) cp {command} "$here/dangwu" ;;
*) exit 9 ;;
esac
"""


@dataclass(frozen=True)
class Request:
    """A fictional branch on a forge, with a pull request of a good record and a bad one."""

    origin: GitRepo
    base: str
    head: str
    merge: str


def request(folder: Path) -> Request:
    """Make the repository that the forge keeps; the request's merge is what GitHub would offer to judge."""
    repo = GitRepo(folder / "青禾 党支部")
    meeting = (BASE / GROUP_MEETING).read_text("utf-8")
    base = repo.commit({**resources.build_template(), **base_files()}, when="2026-06-12T09:00:00+08:00")
    repo.git("checkout", "-q", "-b", "六月")
    good = meeting.replace("2026-03-12", "2026-06-11").replace("三月", "六月")
    repo.commit({GOOD: good}, when="2026-06-15T09:00:00+08:00")
    head = repo.commit({BAD: "schema: 1\nkind: member\nname: 王小明\n"}, when="2026-06-16T09:00:00+08:00")
    repo.git("checkout", "-q", "--detach", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "合并", head, when="2026-06-16T10:00:00+08:00")
    merge = repo.git("rev-parse", "HEAD")
    repo.git("update-ref", "refs/pull/1/merge", merge)
    repo.git("checkout", "-q", "main")
    return Request(repo, base, head, merge)


@dataclass(frozen=True)
class Ran:
    """What one step left behind."""

    code: int
    out: str
    err: str


@dataclass
class Runner:
    """A machine of the forge with one checkout on it."""

    folder: Path
    checkout: Path
    variables: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path, asked: Request, commit: str) -> Runner:
        """Clone the repository as runners do, at one commit."""
        checkout = folder / "检出 1"
        repo = asked.origin
        repo.git("clone", "-q", "--no-checkout", str(repo.path), str(checkout))
        repo.git("-C", str(checkout), "fetch", "-q", "origin", "+refs/pull/*:refs/remotes/pull/*")
        repo.git("-C", str(checkout), "checkout", "-q", "--detach", commit)
        runner = cls(folder, checkout)
        words = shlex.join([sys.executable, "-m", "dangwu", "--as-of", DAY])
        command = script(folder / "held" / "dangwu", f'#!/bin/sh\nexec {words} "$@"\n')
        stub = _PYTHON.format(notes=shlex.quote(str(runner.notes)), command=shlex.quote(str(command)))
        script(folder / "bin" / "python3", stub)
        (folder / "temp").mkdir()
        for name in ("summary", "path"):
            (folder / name).touch()
        return runner

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    def installed(self) -> list[str]:
        """Return what pip was asked for."""
        return re.findall(
            r"^\[-I\]\[-m\]\[pip\]\[install\]\[--quiet\]\[(.*)\]$", self.notes.read_text("utf-8"), re.MULTILINE
        )

    def run(self, shell: str, text: str, extra: Mapping[str, str] | None = None) -> Ran:
        """Run the text of a step. Only the system's own folders are on the path, and what steps added to it."""
        file = self.folder / "step.sh"
        file.write_text(text, encoding="utf-8")
        added = reversed((self.folder / "path").read_text("utf-8").split("\n"))
        path = os.pathsep.join([*filter(None, added), str(self.folder / "bin"), "/usr/bin", "/bin"])
        temp = {"TMPDIR": str(self.folder / "temp")}
        env = {**environment(), **self.variables, **(extra or {}), **temp, "PATH": path, "CI": "true"}
        command = [*shell.split(), str(file)]
        done = subprocess.run(command, cwd=self.checkout, env=env, capture_output=True, timeout=LIMIT, check=False)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def parsed(path: str) -> Any:
    """Read a YAML file of the template."""
    return YAML(typ="safe").load(TEMPLATE[path])


def play_actions(runner: Runner, path: str, values: Mapping[str, str]) -> dict[str, Ran]:
    """Play the job of GitHub, Gitea or Forgejo; ``values`` are its expressions, and there are no others."""
    folder = runner.folder
    runner.variables |= {"RUNNER_TEMP": str(folder / "temp"), "GITHUB_PATH": str(folder / "path")}
    runner.variables |= {"GITHUB_STEP_SUMMARY": str(folder / "summary"), "GITHUB_ACTIONS": "true"}
    runner.variables |= {"GITHUB_EVENT_NAME": values["github.event_name"]}
    workflow = parsed(path)
    assert workflow["defaults"]["run"] == {"shell": "bash"}
    (job,) = workflow["jobs"].values()
    ran: dict[str, Ran] = {}
    for step in job["steps"]:
        fine = all(each.code == 0 for each in ran.values())
        if "run" in step and _wanted(step.get("if", ""), values, fine=fine):
            env = {name: _VALUE.sub(lambda found: values[found[1]], text) for name, text in step.get("env", {}).items()}
            # What "bash" stands for in a workflow, and -u beside it.
            ran[step["name"].partition(" · ")[2]] = runner.run(
                "bash --noprofile --norc -euo pipefail", step["run"], env
            )
    return ran


def _wanted(condition: str, values: Mapping[str, str], *, fine: bool) -> bool:
    terms = condition.split(" && ") if condition else []
    if "always()" not in terms:
        return fine and not terms
    event = {f"github.event_name == '{name}'": name == values["github.event_name"] for name in ("pull_request", "push")}
    return all({"always()": True, **event}[term] for term in terms)


def play_gitlab(runner: Runner, values: Mapping[str, str]) -> dict[str, Ran]:
    """Play the pipeline of GitLab: every job whose rules hold, with the lines before it."""
    pipeline = parsed(GITLAB)
    runner.variables |= {"GITLAB_CI": "true", **values}
    assert any(_holds(rule, values) for rule in pipeline.pop("workflow")["rules"])
    default, _ = pipeline.pop("default"), pipeline.pop("variables")
    return {
        name: runner.run("sh -eu", "\n".join([*default["before_script"], *job["script"]]))
        for name, job in pipeline.items()
        if any(_holds(rule, values) for rule in job["rules"])
    }


def _holds(rule: Mapping[str, str], values: Mapping[str, str]) -> bool:
    if rule == {"when": "on_success"}:
        return True
    branch = values.get("CI_COMMIT_BRANCH")
    return {
        '$CI_PIPELINE_SOURCE == "merge_request_event"': values["CI_PIPELINE_SOURCE"] == "merge_request_event",
        "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH": branch is not None and branch == values["CI_DEFAULT_BRANCH"],
    }[rule["if"]]
