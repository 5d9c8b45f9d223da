"""The options of a command that its schema tells: typer reads them from a signature made here."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.commands.new.answers import FORM_METAVARS, parse_value, parse_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dangwu.authoring.new.record_fields import Flag
    from dangwu.cli.prompts import Asker

CommandOptions = dict[str, tuple[Any, Any]]
"""Name of a parameter → its annotation and its default."""
_MAX_CHOICES_LENGTH = 60


def set_signature(function: Callable[..., None], known: Iterable[Flag], fixed: CommandOptions, language: str) -> None:
    """Give a function that takes any words the options of ``known`` and ``fixed``."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    options = {flag.key: (_build_annotation(flag, language), None) for flag in known} | fixed
    listed = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in options.items()
    ]
    function.__signature__ = inspect.Signature([context, *listed])  # type: ignore[attr-defined]
    function.__annotations__ = {}


def parse_flags(ask: Asker, known: Iterable[Flag], words: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    """Return what was given for each flag, by the way to its field."""
    found: dict[tuple[str, ...], Any] = {}
    for flag in known:
        word = words[flag.key]
        if word is None:
            continue
        if flag.many:
            found[flag.path] = parse_values(ask, flag, word)
        else:
            found[flag.path] = word if isinstance(word, bool) else parse_value(ask, flag, word)
    return found


def _build_annotation(flag: Flag, language: str) -> Any:
    title, metavar = flag.titled(language), FORM_METAVARS.get(flag.form)
    if flag.form == "yes-no":
        return Annotated[bool | None, typer.Option(f"{flag.name}/--no-{flag.name[2:]}", help=title)]
    if flag.options:
        metavar = "|".join(flag.options)
        if len(metavar) > _MAX_CHOICES_LENGTH:
            title, metavar = f"{title}: {', '.join(flag.options)}", None
    kind: Any = list[str] | None if flag.many else str | None
    return Annotated[kind, typer.Option(flag.name, metavar=metavar, help=title)]
