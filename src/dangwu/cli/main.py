"""The entry point: choose the language, run the command, turn errors into exit codes."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from dangwu.cli.languages import _, choose_language
from dangwu.errors import DangwuError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.language import Language

_GLOBAL_OPTIONS = ("-C", "--lang", "--as-of", "--color")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Records have no reference cycles, and searching for some takes a quarter of the time of a large check.
    gc.disable()
    _set_utf8_output()
    language = choose_language(words)
    if "--debug" in words:
        return _run_command(_move_global_options([word for word in words if word != "--debug"]), language)
    try:
        return _run_command(_move_global_options(words), language)
    except DangwuError as error:
        _print_error(language.text(error.message), language.text(error.hint) if error.hint else None)
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of the output has closed it; Python would report that again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CLEAN
    except Exception as error:  # noqa: BLE001 - no traceback without --debug: one line and exit code 4
        _print_error(
            _("A fault in dangwu itself: {name}.").format(name=type(error).__name__),
            _("Run the command again with --debug and report what it prints, without names from your records."),
        )
        return ExitCode.FAULT


def _run_command(words: list[str], language: Language) -> int:
    from dangwu.cli.app import build_app  # noqa: PLC0415 - help texts need the language
    from dangwu.cli.usage_errors import Abort, TyperException, explain_usage_error  # noqa: PLC0415

    try:
        result = build_app(language)(args=words, prog_name="dangwu", standalone_mode=False)
    except Abort:
        return ExitCode.INTERRUPTED
    except TyperException as error:
        message, hint = explain_usage_error(error)
        _print_error(message, hint)
        return ExitCode.USAGE
    return result if isinstance(result, int) else ExitCode.CLEAN


def _move_global_options(words: list[str]) -> list[str]:
    """Move the global options to the front, so that they may be written anywhere before ``--``."""
    front: list[str] = []
    rest: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word == "--":
            rest.extend(words[index:])
            break
        if word in _GLOBAL_OPTIONS and index + 1 < len(words):
            front.extend(words[index : index + 2])
            index += 1
        elif word.startswith(tuple(f"{option}=" for option in _GLOBAL_OPTIONS)):
            front.append(word)
        else:
            rest.append(word)
        index += 1
    return [*front, *rest]


def _print_error(message: str, hint: str | None) -> None:
    from dangwu.formats.safe_text import defuse_commands, make_safe_text  # noqa: PLC0415

    print(defuse_commands(f"dangwu: {make_safe_text(message)}"), file=sys.stderr)
    if hint:
        print(defuse_commands(f"        {make_safe_text(hint)}"), file=sys.stderr)


def _set_utf8_output() -> None:
    """Set UTF-8 for all output, also on a Chinese Windows, where pipes default to GBK."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
