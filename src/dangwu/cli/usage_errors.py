"""Usage errors of the command-line library as translated messages; commands with translated help."""

from __future__ import annotations

from typing import Any

from typer import Abort, Exit, TyperException
from typer.core import TyperCommand, TyperGroup, TyperOption

from dangwu.cli.help_examples import find_example
from dangwu.cli.languages import _, read_current_language

__all__ = ["Abort", "Command", "CommandGroup", "TyperException", "explain_usage_error"]


TYPED_WORDS = "dangwu.typed-words"
"""The name under which a context has the words that were typed."""


class _LocalisedHelp:
    """Translates the parts of help that the library has in English only."""

    params: list[Any]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for option in self.params:
            if option.metavar is None and not getattr(option, "is_flag", True):
                option.metavar = _("N") if option.type.name.startswith("int") else _("TEXT")

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Return the help option with a translated text."""
        option: TyperOption | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this help and exit.")
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage:") + " ")

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what stands below the options, and at the end the command's example."""
        super().format_epilog(ctx, formatter)  # type: ignore[misc]
        program, _space, command = ctx.command_path.partition(" ")
        example = find_example(command, read_current_language().code)
        if program and example:
            formatter.write(f"\n{_('Example:')} {example}\n")


class Command(_LocalisedHelp, TyperCommand):
    """A command with translated help. What was typed at its questions is shown where it ends with an error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Exit:
            raise
        except BaseException:
            from dangwu.cli.session import Session  # noqa: PLC0415 - help alone does not need it

            session = ctx.find_object(Session)
            if session is not None:
                session.tell_answered()
            raise


class CommandGroup(_LocalisedHelp, TyperGroup):
    """A group of commands, listed in the order of definition."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the words of the whole command, for those that show how to write it again."""
        if ctx.parent is None:
            ctx.meta[TYPED_WORDS] = tuple(args)
        rest: list[str] = super().parse_args(ctx, args)
        return rest


def explain_usage_error(error: Any) -> tuple[str, str | None]:
    """Return the message and the hint for an error of the command-line library."""
    context = getattr(error, "ctx", None)
    help_line = _("See {command} --help.").format(command=context.command_path) if context else None
    name = type(error).__name__
    if name == "NoSuchOption":
        near = ", ".join(error.possibilities or ())
        message = _("There is no option {option}.").format(option=error.option_name)
        return message, _("Did you mean {near}?").format(near=near) if near else help_line
    if name == "MissingParameter":
        hint = error.param.get_error_hint(context) if error.param is not None else ""
        return _("{parameter} is missing.").format(parameter=hint), help_line
    if name == "NoArgsIsHelpError":
        return _("Say what to do."), help_line
    if name == "BadParameter":
        hint = error.param.get_error_hint(context) if error.param is not None else error.param_hint or ""
        return _("{parameter} cannot be used: {reason}").format(
            parameter=hint, reason=_describe_bad_value(error)
        ), help_line
    if name == "BadOptionUsage":
        return _("The option {option} needs a value, or takes none.").format(option=error.option_name), help_line
    text = str(error.format_message() if hasattr(error, "format_message") else error)
    return _translate_library_message(text, help_line)


def _describe_bad_value(error: Any) -> str:
    """Return what is wrong with a value; the library's messages on numbers are English only."""
    kind = getattr(error.param, "type", None)
    if not getattr(kind, "name", "").startswith("int"):
        return str(error.message)
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is None or high is None:
        return _("write a whole number")
    return _("write a whole number from {low} to {high}").format(low=low, high=high)


def _translate_library_message(text: str, help_line: str | None) -> tuple[str, str | None]:
    """Return message and hint for a library message with a suggestion or unexpected arguments, else as it is."""
    sentence, suggests, near = text.partition(". Did you mean ")
    if suggests:
        return sentence, _("Did you mean {near}?").format(near=near.rstrip("?"))
    _before, unexpected, words = text.partition("Got unexpected extra argument(s) (")
    return (_("The command does not take {words}.").format(words=words[:-1]) if unexpected else text), help_line
