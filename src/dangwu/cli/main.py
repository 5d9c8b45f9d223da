"""The entry point: language first, then the command, then one place where errors become exit codes."""

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
    """Run one command and return its exit code (design, section 5)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Records are trees without cycles; looking for garbage among them costs a quarter of a large check.
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
        # Whoever read our output has gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CLEAN
    except Exception as error:  # noqa: BLE001 - the one boundary: a fault of dangwu is one line and exit 4
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
    """Move the options that belong before the command to the front: people write them anywhere."""
    front: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--":
            rest.extend(words[at:])
            break
        if word in _GLOBAL_OPTIONS and at + 1 < len(words):
            front.extend(words[at : at + 2])
            at += 1
        elif word.startswith(tuple(f"{option}=" for option in _GLOBAL_OPTIONS)):
            front.append(word)
        else:
            rest.append(word)
        at += 1
    return [*front, *rest]


def _print_error(message: str, hint: str | None) -> None:
    from dangwu.formats.safe_text import make_safe_text  # noqa: PLC0415

    print(f"dangwu: {make_safe_text(message)}", file=sys.stderr)
    if hint:
        print(f"        {make_safe_text(hint)}", file=sys.stderr)


def _set_utf8_output() -> None:
    """Output is UTF-8 everywhere, also where a Chinese Windows pipes GBK; the terminal shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
