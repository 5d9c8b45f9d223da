"""``dangwu demo``: create a fictional branch with a history and planted faults, and list the faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import Session, emit, find_session
from dangwu.data import resources
from dangwu.formats.registry import ResultKind
from dangwu.git.create import create_history
from dangwu.git.hooks.status import render_new_hooks
from dangwu.model.message import say
from dangwu.sample import Size, make_sample

if TYPE_CHECKING:
    from dangwu.sample import Fault


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The new folder; it must be empty or not exist."))],
    *,
    members: Annotated[int, typer.Option("--members", min=1, max=2000, help=_("How many members."))] = 24,
    groups: Annotated[int, typer.Option("--groups", min=0, max=100, help=_("How many Party groups."))] = 3,
    years: Annotated[int, typer.Option("--years", min=1, max=40, help=_("Calendar years, this one included."))] = 2,
    seed: Annotated[
        int, typer.Option("--seed", help=_("Another seed, another branch; the same seed, the same bytes."))
    ] = 1,
    format_: Annotated[str, build_format_option(ResultKind.STATUS, _("Form of the list of faults."))] = "text",
) -> None:
    """Create the repository up to the as-of day, with commits dated as a branch would have made them."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.STATUS)
    sample = make_sample(
        Size(members=members, groups=groups, years=years, seed=seed),
        session.as_of,
        language=session.language.code,
        schemas={kind: resources.load_schema(kind) for kind in resources.list_kinds()},
        base=resources.build_template(),
    )
    create_history(folder, sample.commits, hooks=render_new_hooks(resources.read_hooks()))
    if format_ == "json":
        emit(_render_faults_json(session, folder, sample.planted))
        return
    files = len({path for commit in sample.commits for path in commit.changes})
    count = len(sample.commits)
    title = say(
        "A fictional branch is in {path}. Commits: {commits}; files: {files}.",
        path=str(folder), commits=count, files=files,
    )  # fmt: skip
    emit(session.translate(title))
    emit(session.translate(say("Planted on purpose:")))
    for fault in sample.planted:
        emit(f"  - {session.translate(fault.text)}  [{_describe_fault_place(fault)}]")
    commands = say(
        "Look: dangwu -C {path} check; dangwu -C {path} due; dangwu -C {path} audit; dangwu -C {path} report",
        path=str(folder),
    )
    emit(session.translate(commands))


def _describe_fault_place(fault: Fault) -> str:
    """Return the finding and path, or the duty and its path or state, by which a fault shows."""
    if fault.code is not None:
        return f"{fault.code} {fault.path}"
    if fault.recorded_late:
        return f"{fault.duty}  {fault.path}"
    return f"{fault.duty}  {fault.state}"


def _render_faults_json(session: Session, folder: Path, planted: tuple[Fault, ...]) -> str:
    faults = [
        {
            "fault": fault.slug,
            "text": session.translate(fault.text),
            "path": fault.path,
            "code": fault.code,
            "duty": fault.duty,
            "state": fault.state,
            "recorded_late": fault.recorded_late,
        }
        for fault in planted
    ]
    document = {
        "schema": "dangwu/demo/1",
        "as_of": session.as_of.isoformat(),
        "folder": str(folder),
        "planted": faults,
    }
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
