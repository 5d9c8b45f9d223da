"""Command options from a schema: typer reads them from a function signature built here."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.commands.new.answers import FORM_METAVARS, parse_value, parse_values
from dangwu.cli.complete import complete_group, complete_member, complete_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dangwu.authoring.new.record_fields import Flag
    from dangwu.cli.prompts import Asker

CommandOptions = dict[str, tuple[Any, Any]]
"""Annotation and default of each parameter."""
_MAX_CHOICES_LENGTH = 60
_OFFERS = {"member": complete_member, "person": complete_person, "group": complete_group}
"""Form of a flag → what a shell offers for its value."""


def set_signature(function: Callable[..., None], flags: Iterable[Flag], fixed: CommandOptions, language: str) -> None:
    """Set the signature of a function with ``**words``: an option for each flag, then the ``fixed`` ones."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    options = {flag.key: (_build_annotation(flag, language), None) for flag in flags} | fixed
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in options.items()
    ]
    function.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined]
    function.__annotations__ = {}


def parse_flags(ask: Asker, flags: Iterable[Flag], words: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    """Parse the flags given on the command line; return their values by field path."""
    values: dict[tuple[str, ...], Any] = {}
    for flag in flags:
        word = words[flag.key]
        if word is None:
            continue
        if flag.many:
            values[flag.path] = parse_values(ask, flag, word)
        else:
            values[flag.path] = word if isinstance(word, bool) else parse_value(ask, flag, word)
    return values


def _build_annotation(flag: Flag, language: str) -> Any:
    """Return the annotation of an option; long lists of choices go into its help text."""
    title, metavar = flag.titled(language), FORM_METAVARS.get(flag.form)
    if flag.form == "yes-no":
        return Annotated[bool | None, typer.Option(f"{flag.name}/--no-{flag.name[2:]}", help=title)]
    if flag.options:
        metavar, choices = "|".join(flag.options), flag.list_choices(language)
        if "|".join(choices) != metavar or len(metavar) > _MAX_CHOICES_LENGTH:
            title = f"{title}: {', '.join(choices)}"
        if len(metavar) > _MAX_CHOICES_LENGTH:
            metavar = None
    kind: Any = list[str] | None if flag.many else str | None
    offer = _OFFERS.get(flag.form)
    return Annotated[kind, typer.Option(flag.name, metavar=metavar, autocompletion=offer, help=title)]
