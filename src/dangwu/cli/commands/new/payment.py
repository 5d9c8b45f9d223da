"""``dangwu new payment``: enter in the dues ledger who paid for a month; no record of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.commands.new.shared import DryRunOption, NoInputOption, read_records
from dangwu.cli.complete import complete_member
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import emit, find_session
from dangwu.cli.unsaved import tell_unsaved
from dangwu.errors import UsageError
from dangwu.files.journal_place import choose_journal
from dangwu.files.transaction import write_changes
from dangwu.model.message import say
from dangwu.model.period import Period, PeriodLength
from dangwu.workspace.enter_payments import Payment, list_unpaid, plan_payments, split_amounts

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.model.corpus import Corpus
    from dangwu.workspace.enter_payments import PlannedPayments

_FEN_FRACTION = 1e-6


def payment(
    context: typer.Context,
    *,
    month: Annotated[str | None, typer.Option("--month", metavar="2026-03", help=_("The month that was paid."))] = None,
    member: Annotated[
        list[str] | None,
        typer.Option("--member", metavar="ID", autocompletion=complete_member, help=_("Who paid; ids or names.")),
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help=_("Everyone who has not paid for the month yet."))] = False,
    except_: Annotated[
        list[str] | None,
        typer.Option(
            "--except",
            metavar="ID",
            autocompletion=complete_member,
            help=_("With --all: who did not pay; ids or names."),
        ),
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help=_("The day of the payment."))] = None,
    amount: Annotated[
        float | None,
        typer.Option("--amount", metavar="N", min=0.01, max=100_000, help=_("The amount in yuan, if not the whole.")),
    ] = None,
    no_input: NoInputOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Add a row for each payment to the ledger of the year; comments and all other lines stay."""
    session = find_session(context)
    corpus = read_records(session, dry_run=dry_run).corpus
    ask = Asker(session, corpus, enabled=not no_input)
    assumed = Period.containing(PeriodLength.MONTH, session.as_of).label
    for_month = ask.parsed(month, _("The month that was paid, as in 2026-03"), _parse_month, assumed)
    if for_month is None:
        raise UsageError(say("{flag} is missing.", flag="--month"))
    if amount is not None and abs(amount * 100 - round(amount * 100)) > _FEN_FRACTION:
        raise UsageError(
            say("{flag}: an amount has at most two decimals, {text} has more.", flag="--amount", text=str(amount))
        )
    members = _choose_members(ask, for_month, member or (), everyone=everyone, left_out=except_ or ())
    paid_on = ask.parsed(date, _("The day of the payment"), ask.day, session.as_of.isoformat())
    if paid_on is None:
        raise UsageError(say("{flag} is missing.", flag="--date"), say("As in {example}.", example="2026-03-12"))
    planned = plan_payments(corpus, Payment(for_month, paid_on, members, amount))
    if dry_run:
        emit((planned.change.after or b"").decode())
        return
    _write(session, corpus, for_month, planned)


def _parse_month(text: str) -> Period:
    """Return a month; UsageError for other text."""
    try:
        period = Period.parse(text.strip())
    except ValueError:
        period = None
    if period is None or period.every != PeriodLength.MONTH:
        message = say("{flag}: {text} is not written as {form}.", flag="--month", text=text, form="2026-03")
        raise UsageError(message)
    return period


def _choose_members(
    ask: Asker, month: Period, words: list[str] | tuple[()], *, everyone: bool, left_out: list[str] | tuple[()]
) -> tuple[str, ...]:
    """Return who paid, as named or all but the named; UsageError where nobody is named."""
    if left_out and not everyone:
        raise UsageError(say("Give --except together with --all."))
    if everyone and words:
        raise UsageError(say("Give --all or --member, not both."))
    if not everyone:
        question = _("Who paid (ids or names)")
        named = ask.members(words) if words else ask.parsed(None, question, lambda text: ask.members([text]))
        if not named:
            raise UsageError(say("{flag} is missing.", flag="--member"), say("Or all who owe the month: --all"))
        return tuple(dict.fromkeys(named))
    not_paid = ask.members(left_out)
    now, later = split_amounts([*list_unpaid(ask.corpus, month)])
    for row in later:
        if row.member not in not_paid:
            name = ask.corpus.name_of(row.member)
            ask.tell(say("{name} ({id}) paid a part or pays later: enter it with --member.", name=name, id=row.member))
    return tuple(row.member for row in now if row.member not in not_paid)


def _write(session: Session, corpus: Corpus, month: Period, planned: PlannedPayments) -> None:
    change = planned.change
    location = session.location()
    journal = choose_journal(location.root, location.repository.git_dir if location.repository else None)
    write_changes(location.root, [change], journal, "new")
    for reason in planned.left_out:
        session.tell(reason)
    names = tuple(corpus.name_of(member) for member in planned.entered)
    session.tell(
        say(
            "Entered in {path} for {month}: {count} ({names}). Then: dangwu check",
            path=change.path,
            month=month.label,
            count=len(names),
            names=names,
        )
    )
    tell_unsaved(session, corpus, [change.path])
