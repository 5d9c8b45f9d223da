"""What all pages of the desk have around them: words, menu, day, branch; and the pages that have nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.desk.templating import fill_page
from dangwu.model.audience import Audience
from dangwu.model.message import Bilingual, say
from dangwu.pages.wording.values import format_day

if TYPE_CHECKING:
    from dangwu.desk.reading import Shelf
    from dangwu.language import Language
    from dangwu.model.message import Text

DESK_TITLE = Bilingual("党务台", "Desk")
_WORDS = {
    "skip": say("Skip to the content"),
    "menu": say("Pages"),
    "menu_here": say("Contents"),
    "today": say("Today"),
    "leave": say("Close the desk"),
    "handlers": say("Confidential records are shown too. Let nobody look over your shoulder."),
    "enter": say("Enter"),
    "entry": say("This page is for this computer alone. The address is good for one minute and for one entry."),
    "record_files": say("Print or pass on"),
    "history": say("Its history"),
    "back": say("Back to the records"),
    "record": say("To the record"),
    "search": say("Search"),
    "find": say("A name, a day or a kind of record"),
    "year": say("Year"),
    "found": say("Found"),
    "none": say("Nothing was found."),
    "blank": say("Empty form"),
    "figures": say("At a glance"),
    "as_html": say("Open as a page"),
    "cut": say("Only the first are listed. Write more words to find fewer."),
}
_MENU = (
    ("due", "/", say("What is due")),
    ("records", "/records", say("Records")),
    ("reports", "/report", say("Reports")),
    ("boards", "/board", say("Openness board")),
)


def fill_inside(name: str, shelf: Shelf, **values: Any) -> bytes:
    """Return a page for those who have entered."""
    lang = shelf.language
    branch = shelf.corpus.branch
    return fill_page(
        name,
        lang,
        w=_translate(lang),
        menu=[(key, address, lang.text(words)) for key, address, words in _MENU],
        branch=lang.value(branch.name) if branch else "",
        day=format_day(shelf.as_of, lang),
        handlers=shelf.audience is Audience.HANDLERS,
        desk=lang.value(DESK_TITLE),
        **values,
    )


def fill_entry(lang: Language, word: str) -> bytes:
    """Return the page of entry, which names no branch."""
    return fill_page("entry", lang, w=_translate(lang), desk=lang.value(DESK_TITLE), word=word)


def fill_notice(lang: Language, *words: Text | None) -> bytes:
    """Return a page with a sentence or two, which names no branch either."""
    sentences = [lang.text(each) for each in words if each is not None]
    return fill_page("notice", lang, w=_translate(lang), desk=lang.value(DESK_TITLE), sentences=sentences)


def _translate(lang: Language) -> dict[str, str]:
    return {key: lang.text(text) for key, text in _WORDS.items()}
