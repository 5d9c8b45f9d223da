"""``dangwu init``: create a record repository with branch.yaml, editor settings, schemas and hooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.branch_questions import BranchAnswers, BranchQuestions, find_quarter_start, parse_fact
from dangwu.cli.committer import require_identity
from dangwu.cli.editor_refresh import refresh_editor_words
from dangwu.cli.extras import require_extra
from dangwu.cli.hook_text import describe_hook
from dangwu.cli.languages import _
from dangwu.cli.output import write_output
from dangwu.cli.prompts import Asker
from dangwu.cli.roster_words import MonthsOption, RosterWords, quote_word, read_roster_words, repeat_command
from dangwu.cli.session import find_session, print_page
from dangwu.cli.unfinished import tell_removed, tell_settled
from dangwu.data import resources
from dangwu.errors import CannotRunError, DangwuError, ExitCode, UsageError
from dangwu.files.peek import read_file_if_any
from dangwu.git.create import create_repository, refuse_used_folder
from dangwu.git.hooks.status import inspect_hooks, locate_hooks, render_new_hooks
from dangwu.git.identity import read_identity
from dangwu.git.repository import RecordRoot, require_repository
from dangwu.model.corpus import Corpus
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.workspace.new_record import render_new_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.cli.session import Session


def init(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help=_("The folder; new, empty, or an empty clone."))
    ] = None,
    *,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help=_("A roster, or the filled-in workbook: .xlsx or CSV.")),
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option("--workbook", metavar="FILE", help=_("Write the workbook to fill in, and nothing else.")),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help=_("Name of the branch."))] = None,
    superior: Annotated[str | None, typer.Option("--superior", help=_("The Party organization above."))] = None,
    secretary: Annotated[str | None, typer.Option("--secretary", help=_("Name of the secretary."))] = None,
    founded: Annotated[
        str | None, typer.Option("--founded", metavar="DATE", help=_("Day of founding; the as-of day unless given."))
    ] = None,
    records_from: Annotated[
        str | None, typer.Option("--records-from", metavar="DATE", help=_("Day from which records are kept here."))
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEAD=FIELD", help=_("Which column is which field; several times if needed.")),
    ] = None,
    tab: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help=_("The sheet with the roster."))] = None,
    months: MonthsOption = None,
    recorder: Annotated[
        str | None, typer.Option("--recorder", metavar="NAME", help=_("Your name, kept in this repository."))
    ] = None,
    mail: Annotated[str | None, typer.Option("--mail", help=_("Your mail address, kept in this repository."))] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))] = False,
) -> int:
    """Write branch.yaml, the members' records, editor settings, schemas and hooks, uncommitted."""
    session = find_session(context)
    if workbook is not None:
        _write_workbook(session, workbook)
        return ExitCode.CLEAN
    if folder is None:
        raise UsageError(say("Say where the records are to be: dangwu init DIR"))
    ask = Asker(session, Corpus(), enabled=not no_input)
    given = {"name": name, "superior": superior, "founded": founded, "records_from": records_from,
             "secretary": secretary}  # fmt: skip
    if ask.interactive:
        refuse_used_folder(folder)
    answers = _collect_answers(session, ask, given, from_)
    # Whatever was answered is in the command that is advised: nothing typed is lost by a problem of the sheet.
    command = " ".join((repeat_command(context), *answers.list_options(given, from_)))
    options: dict[str, Any] = {"mapping": map_ or (), "tab": tab, "command": command}
    if answers.file is not None:
        options["answers"] = read_roster_words(ask, RosterWords(months))
    if not _make_branch(session, folder, answers, options):
        return ExitCode.FINDINGS
    _set_identity(session, ask, folder, (recorder, mail), answers.shown_secretary)
    _tell_next(session, ask, folder, with_people=answers.file is not None)
    return ExitCode.CLEAN


def _make_branch(session: Session, folder: Path, answers: BranchAnswers, options: Mapping[str, Any]) -> bool:
    """Make the repository; False after the problems of the file were printed. What was typed is shown if it fails."""
    try:
        records = _plan_records(session, answers, options) if answers.file else _render_first_records(session, answers)
        if records:
            _make_repository(session, folder, resources.build_template() | records)
    except (DangwuError, OSError):
        _tell_again(session, options["command"])
        raise
    session.forget_answered()
    return bool(records)


def _tell_again(session: Session, command: str) -> None:
    """Print the command that says what was typed at the questions, for who has to begin again."""
    if session.answered:
        session.tell(say("To begin again without typing all of it: {command}", command=command))
    session.forget_answered()


def _write_workbook(session: Session, path: Path) -> None:
    require_extra("office")
    from dangwu.formats.xlsx import render_xlsx  # noqa: PLC0415 - only needed here
    from dangwu.sheets.write.blank_book import build_blank_book  # noqa: PLC0415

    made = render_xlsx(build_blank_book(session.language), session.language, session.as_of)
    write_output(session, made, path, force=False)
    session.tell(say("Fill it in, then: dangwu init DIR --from {path}", path=str(path)))


def _collect_answers(session: Session, ask: Asker, given: Mapping[str, str | None], file: Path | None) -> BranchAnswers:
    """Return what the options, the workbook and, on a terminal, the person say."""
    flags = {"founded": "--founded", "records_from": "--records-from"}
    answers = BranchAnswers({key: parse_fact(key, word, flags.get(key, "")) for key, word in given.items() if word})
    if file is not None:
        require_extra("office")
        answers = answers.read(file)
    if ask.interactive:
        answers = BranchQuestions(ask, answers, session.as_of, Path).run()
    elif file is not None and answers.facts.get("founded", "") >= find_quarter_start(session.as_of):
        # A branch this young has no time without records.
        answers.facts.setdefault("records_from", answers.facts["founded"])
    return answers


def _render_first_records(session: Session, answers: BranchAnswers) -> dict[str, bytes]:
    """Return branch.yaml and the secretary's record, with 【待填】 for what nobody said."""
    facts = answers.facts
    founded = facts.get("founded") or session.as_of.isoformat()
    day = max(facts.get("records_from") or founded, founded)
    term = {"from": day, "committee": False, "posts": [{"post": "secretary", "member": "m001", "from": day}]}
    branch = {
        "schema": 1,
        "kind": "branch",
        "name": facts.get("name") or PLACEHOLDER,
        "superior": facts.get("superior") or PLACEHOLDER,
        "founded": founded,
        **({"records_from": facts["records_from"]} if facts.get("records_from") else {}),
        "language": session.language.code,
        "terms": [term],
        "groups": [],
    }
    member = {
        "schema": 1,
        "kind": "member",
        "id": "m001",
        "name": facts.get("secretary") or PLACEHOLDER,
        "status": [{"from": day, "status": "full"}],
    }
    records = {"branch.yaml": branch, "members/m001.yaml": member}
    return {path: render_new_record(data, path, session.language.code).encode() for path, data in records.items()}


def _plan_records(session: Session, answers: BranchAnswers, options: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the records that the file gives, and print its people; none after its problems were printed."""
    from dangwu.pages.first_members import build_first_members_page  # noqa: PLC0415
    from dangwu.pages.import_command import build_retry_command  # noqa: PLC0415 - only needed with a file
    from dangwu.pages.import_preview import build_import_page  # noqa: PLC0415
    from dangwu.sheets.plan.branch_proposal import read_post_word  # noqa: PLC0415
    from dangwu.workspace.new_branch import NewBranchRequest, plan_new_branch  # noqa: PLC0415

    request = NewBranchRequest(
        name=answers.file.name if answers.file else "",
        raw=answers.raw,
        book=answers.book,
        facts=answers.facts,
        as_of=session.as_of,
        language=session.language.code,
        secretary=answers.secretary,
        **options,
    )
    made = plan_new_branch(request)
    if made.plan.troubles:
        print_page(session, build_import_page(made.plan, session.language, written=False), "text")
        if build_retry_command(made.plan, session.language) is None:
            _tell_again(session, options["command"])
        return {}
    page = build_first_members_page(
        made.people, made.plan.notes, session.language, resources.load_schema, read_post_word
    )
    print_page(session, page, "text")
    return dict(made.files)


def _make_repository(session: Session, folder: Path, files: Mapping[str, bytes]) -> None:
    made = create_repository(folder, files, hooks=render_new_hooks(resources.read_hooks()))
    if made.settled is not None:
        tell_settled(session, made.settled)
    tell_removed(session, list(made.removed))
    session.tell(say("A new record repository is in {path}.", path=str(folder)))
    _tell_kept_files(session, folder, {path: files[path] for path in made.kept})
    _tell_missing_hooks(session, folder)
    refresh_editor_words(session._replace(path=folder), create=True)


def _tell_next(session: Session, ask: Asker, folder: Path, *, with_people: bool) -> None:
    """Say what is typed next, each command as a whole."""
    if not with_people:
        session.tell(say("Next: fill in branch.yaml, dangwu new member for each member, dangwu check, dangwu save."))
        return
    session.tell(say("Next, one after the other:"))
    inside = () if folder.resolve() == Path.cwd() else (f"cd {quote_word(str(folder))}",)
    for command in (*inside, "dangwu check", "dangwu due", "dangwu save", "dangwu new meeting"):
        ask.show(f"    {command}")


def _set_identity(
    session: Session, ask: Asker, folder: Path, given: tuple[str | None, str | None], secretary: str | None
) -> None:
    """Keep in the new repository who records, where git does not know it; say how, where nobody can be asked."""
    name, mail = given
    try:
        repository = require_repository(RecordRoot(folder.resolve()))
        known = read_identity(repository)
        if name is None and mail is None and (known is not None or not ask.interactive):
            if known is None:
                session.tell(say('Who records is not known to git yet: dangwu doctor --name "NAME" --mail ADDRESS'))
            return
        require_identity(repository, ask, name, mail, secretary)
    except CannotRunError as error:
        # The records are there; what keeps git from them is for doctor too.
        session.tell(error.message)


def _tell_kept_files(session: Session, folder: Path, kept: Mapping[str, bytes]) -> None:
    """Say which files of a clone were left as they were, and which lines of git's own files are missing in them."""
    if kept:
        session.tell(say("Left as they were: {paths}.", paths=tuple(kept)))
    for name in (".gitignore", ".gitattributes"):
        here = (read_file_if_any(folder / name) or b"").split()
        lines = tuple(line for line in kept.get(name, b"").decode().splitlines()
                      if line.strip() and line[0] != "#" and not set(line.encode().split()) <= set(here))  # fmt: skip
        if lines:
            session.tell(say("Add to {path}: {lines}", path=name, lines=lines))


def _tell_missing_hooks(session: Session, folder: Path) -> None:
    """Say which hook does not check commits, as where the clone or the user has hooks of their own."""
    try:
        hooks = inspect_hooks(locate_hooks(require_repository(RecordRoot(folder.resolve()))), resources.read_hooks())
    except CannotRunError as error:
        # The records are there; what keeps git from them is for doctor too.
        session.tell(error.message)
        if error.hint is not None:
            session.tell(error.hint)
        return
    for hook in hooks:
        if not hook.state.good:
            for text in describe_hook(hook):
                session.tell(text)
