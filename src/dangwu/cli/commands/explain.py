"""``dangwu explain``: print what a duty, a clause, a finding code, a kind of record or a setting means."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.duty_filter import find_duties
from dangwu.cli.help_examples import list_kind_commands
from dangwu.cli.languages import _
from dangwu.cli.options import AudienceOption
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import Session, emit, find_session, parse_audience, print_page
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.formats.registry import ResultKind
from dangwu.model.message import say
from dangwu.workspace.code_list import list_codes
from dangwu.workspace.kind_names import find_kind, find_kinds, suggest_kinds

if TYPE_CHECKING:
    from dangwu.model.finding import FindingCode
    from dangwu.model.message import Text
    from dangwu.model.rulebook import Clause
    from dangwu.model.setting_view import SettingView

_NEAR_KEY = 0.8
"""How alike a setting or the name of a code is: these are long words with parts in common."""
_CODE_PATTERN = re.compile(r"dw\d{3}", re.ASCII | re.IGNORECASE)


def explain(
    context: typer.Context,
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help=_("DW301 or its name, 3.1, 3.1/2026-03/g1, a kind of record such as group-meeting, or a setting."),
        ),
    ],
    *,
    audience: AudienceOption = "committee",
    format_: Annotated[str, build_format_option(ResultKind.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Print the page on a code, a duty, a clause, a kind of record or a setting."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.PAGE)
    code = _find_code(id_)
    if code is not None:
        _explain_code(session, code, format_)
    elif "/" in id_:
        _explain_duties(session, id_, audience, format_)
    elif (clause := session.rulebook().clause(id_)) is not None:
        _explain_clause(session, clause, format_)
    elif (setting := _find_setting(session, id_)) is not None:
        _explain_setting(session, setting, format_)
    elif find_kinds(id_):
        _explain_kind(session, find_kind(id_, resources.list_kinds()), format_)
    else:
        raise _build_unknown_error(session, id_)


def list_session_settings(session: Session) -> tuple[SettingView, ...]:
    """Return the settings of the branch around the folder; outside a record repository their defaults."""
    from dangwu.workspace.settings_list import list_settings  # noqa: PLC0415 - most pages need no settings

    workspace = session.workspace() if session.location().has_branch else None
    return list_settings(session.rulebook(), workspace)


def _find_code(id_: str) -> str | None:
    """Return the finding code with an id or name; UsageError for an unknown code, None for another id."""
    is_code = _CODE_PATTERN.fullmatch(id_) is not None
    # Every code has a page: with it no check is loaded.
    if is_code and resources.read_code_page(id_.upper(), "zh"):
        return id_.upper()
    for code in list_codes():
        if id_.lower() in {code.id.lower(), code.name}:
            return code.id
    if is_code:
        raise UsageError(say("There is no code {id}.", id=id_.upper()), say("dangwu check prints the codes it finds."))
    return None


def _explain_code(session: Session, id_: str, format_: str) -> None:
    page = resources.read_code_page(id_, session.language.code)
    if format_ != "json":
        emit(page)
        return
    from dangwu.formats.machine.explanations import render_code_json  # noqa: PLC0415

    code: FindingCode = next(code for code in list_codes() if code.id == id_)
    emit(render_code_json(code, page, session.language))


def _explain_duties(session: Session, id_: str, audience: str, format_: str) -> None:
    from dangwu.formats.machine.explanations import render_duties_json  # noqa: PLC0415
    from dangwu.pages.explained_duty import build_duties_page  # noqa: PLC0415

    workspace = session.workspace(history=True)
    duties, result = find_duties(workspace, id_, session.as_of, parse_audience(audience))
    if format_ == "json":
        emit(render_duties_json(duties, session.language))
    else:
        print_page(session, build_duties_page(duties, result, session.language), format_)


def _explain_clause(session: Session, clause: Clause, format_: str) -> None:
    from dangwu.formats.machine.explanations import render_clause_json  # noqa: PLC0415
    from dangwu.pages.rules import build_clause_page  # noqa: PLC0415

    if format_ == "json":
        emit(render_clause_json(clause, session.language))
    else:
        print_page(session, build_clause_page(clause, session.as_of, session.language), format_)


def _find_setting(session: Session, word: str) -> SettingView | None:
    """Return the setting with a key, hyphens for underscores allowed, or with a title."""
    key = word.casefold().replace("-", "_")
    if not any(key == setting.key or word in setting.title for setting in session.rulebook().settings):
        return None
    return next(one for one in list_session_settings(session) if key == one.key or word in one.field.title)


def _explain_setting(session: Session, setting: SettingView, format_: str) -> None:
    from dangwu.formats.machine.explanations import render_setting_json  # noqa: PLC0415
    from dangwu.pages.explained_settings import build_setting_page  # noqa: PLC0415

    if format_ == "json":
        emit(render_setting_json(setting))
    else:
        print_page(session, build_setting_page(setting, session.language), format_)


def _explain_kind(session: Session, kind: str, format_: str) -> None:
    from dangwu.formats.machine.explanations import render_kind_json  # noqa: PLC0415
    from dangwu.pages.explained_kind import build_kind_page  # noqa: PLC0415
    from dangwu.workspace.explain_kind import explain_kind  # noqa: PLC0415

    language = session.language
    explained = explain_kind(kind, session.rulebook(), list_kind_commands(kind, language.code), language.code)
    if format_ == "json":
        emit(render_kind_json(explained, language))
    else:
        print_page(session, build_kind_page(explained, language), format_)


def _build_unknown_error(session: Session, id_: str) -> UsageError:
    """Return the error for an id that is nothing, with what is written like it."""
    kinds = suggest_kinds(id_, resources.list_kinds())
    others = (*(code.name for code in list_codes()), *(setting.key for setting in session.rulebook().settings))
    near: tuple[Text | str, ...] = (*get_close_matches(id_, others, 2, _NEAR_KEY), *kinds)
    hint = say(
        "dangwu rules lists the clauses, dangwu rules --settings the settings, dangwu due the duties, "
        "dangwu new --help the kinds; codes look like DW301."
    )
    return UsageError(
        say("There is nothing called {id} here.", id=id_), say("Did you mean {near}?", near=near) if near else hint
    )
