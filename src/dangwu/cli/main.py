"""The entry point: choose the language, run the command, turn errors into exit codes."""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from warnings import simplefilter

from dangwu.cli.languages import _, choose_language
from dangwu.cli.ready_help import find_ready_answer
from dangwu.errors import CannotRunError, DangwuError, ExitCode, ReaderGoneError
from dangwu.files.os_errors import describe_os_error, is_refusal
from dangwu.files.standard_streams import drop_refused_output, flush_output, prepare_streams
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.language import Language

_GLOBAL_OPTIONS = ("-C", "--lang", "--as-of", "--color")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Records have no reference cycles, and searching for some takes a quarter of the time of a large check.
    gc.disable()
    prepare_streams()
    _end_in_order()
    if not sys.warnoptions and "--debug" not in words:
        # What a library warns of is for those who write programs with it.
        simplefilter("ignore")
    language = choose_language(words)
    try:
        code = _run_words(_move_global_options([word for word in words if word != "--debug"]), language)
        flush_output()
    except BaseException as error:  # every way to end: no traceback without --debug
        if "--debug" in words and not isinstance(error, ReaderGoneError):
            raise
        code = _explain_end(error, language)
    finally:
        drop_refused_output()
    return code


def _explain_end(error: BaseException, language: Language) -> int:
    """Print why a command could not go on, and return its exit code; errors that are not to be explained go on."""
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    if isinstance(error, OSError) and is_refusal(error):
        error = _build_refusal(error)
    if isinstance(error, DangwuError):
        if error.exit_code != ExitCode.READER_GONE:
            _print_error(language.text(error.message), language.text(error.hint) if error.hint else None)
        return error.exit_code
    if not isinstance(error, Exception):
        raise error
    _print_error(
        _("A fault in dangwu itself: {name}.").format(name=type(error).__name__),
        _("Run the command again with --debug and report what it prints, without names from your records."),
    )
    return ExitCode.FAULT


def _build_refusal(error: OSError) -> DangwuError:
    """Return the error for what the system refuses anywhere, as on a full disk."""
    reason = describe_os_error(error)
    if isinstance(error.filename, str):
        return CannotRunError(say("{path} cannot be used: {reason}.", path=error.filename, reason=reason))
    return CannotRunError(say("The system does not let dangwu go on: {reason}.", reason=reason))


def _end_in_order() -> None:
    """Have signals that end a process end it as Ctrl-C does, so that copies and temporary files are removed."""

    def end(number: int, _frame: object) -> None:
        # Once: a second one would break off the tidying.
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        # Not where the caller has it ignored, as nohup does; only the main thread may.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):
                signal.signal(number, end)


def _run_words(words: list[str], language: Language) -> int:
    if (text := find_ready_answer(words, language.code)) is not None:
        sys.stdout.write(text)
        return ExitCode.CLEAN
    return _run_command(words, language)


def _run_command(words: list[str], language: Language) -> int:
    from dangwu.cli.app import build_app  # noqa: PLC0415 - help texts need the language
    from dangwu.cli.usage_errors import Abort, TyperException, explain_usage_error  # noqa: PLC0415

    try:
        result = build_app(language)(args=words, prog_name="dangwu", standalone_mode=False)
    except Abort as error:
        if isinstance(error.__cause__, EOFError):
            # Not a person who ends the input at a question, which is an Abort without a cause: a file ended too early.
            raise error.__cause__ from None
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

    # Where messages cannot be written either, the exit code is all that is left to say.
    with suppress(OSError, DangwuError):
        print(defuse_commands(f"dangwu: {make_safe_text(message)}"), file=sys.stderr)
        if hint:
            print(defuse_commands(f"        {make_safe_text(hint)}"), file=sys.stderr)
