"""The tokens of a paragraph's text → stretches of plain text, each in one look."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from dangwu.model.body import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.body import Spans
    from dangwu.parse.commonmark import Token

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WIDE = "\u2e80"
_LOOKS = {"strong": "strong", "em": "emphasis", "s": "struck"}
_MAIL = "mailto:"


def read_spans(tokens: Iterable[Token]) -> Spans:
    """Return what a paragraph says.

    A link is its words with the address behind them, a picture the words that stand for it, HTML the text that it is.
    A line's end is no end: Chinese goes on without a space, other scripts with one.
    """
    writer = _Writer()
    for token in tokens:
        writer.write(token)
    return writer.finished()


def read_typed(text: str) -> Spans:
    """Return text as it is typed, without looking for marks in it, its lines joined in the same way."""
    if "\n" not in text:
        text = text.replace("\t", " ").strip()
        return (Span(text),) if text else ()
    writer = _Writer()
    for line in text.split("\n"):
        writer.add(line)
        writer.end_line()
    return writer.finished()


def drop_comments(html: str) -> str:
    """Return HTML without its comments; one that is not closed stays."""
    # Beyond the last end no comment closes, and looking for one at every beginning would take hours.
    end = html.rfind("-->") + len("-->")
    return _COMMENT.sub("", html[:end]) + html[end:]


class _Writer:
    """Collects stretches of text."""

    def __init__(self) -> None:
        self.made: list[Span] = []
        self.open: Counter[str] = Counter()
        self.begins = True
        """Nothing of the line is there yet."""
        self.link: list[str] = []
        """The words of the link that is open."""
        self.address = ""

    def write(self, token: Token) -> None:
        """Take the next token."""
        kind = token.type
        if kind in {"text", "text_special"}:
            self.add(token.content)
        elif kind == "softbreak":
            self.end_line()
        elif kind == "hardbreak":
            self._strip()
            self._put("\n")
            self.begins = True
        elif kind == "code_inline":
            self.add(token.content, code=True)
        elif kind == "html_inline":
            self.add(drop_comments(token.content))
        elif kind == "image":
            for child in token.children or ():
                self.write(child)
        elif kind == "link_open":
            self.link, self.address = [], str(token.attrs["href"])
        elif kind == "link_close":
            self._end_link()
        else:
            self.open[_LOOKS[kind.partition("_")[0]]] += token.nesting

    def end_line(self) -> None:
        """End a line that does not end for the reader."""
        self._strip()
        self.begins = True

    def add(self, text: str, *, code: bool = False) -> None:
        """Add text; blanks at the beginning of a line are none of it, a tab is one."""
        text = text.replace("\t", " ")
        if self.begins:
            text = text.lstrip()
        if not text:
            return
        before = self.made[-1].text[-1] if self.made else "\n"
        if self.begins and before != "\n" and before < _WIDE and text[0] < _WIDE:
            self._put(" ")
        self.begins = False
        self._put(text, code=code)
        self.link.append(text)

    def finished(self) -> Spans:
        """Return what was collected."""
        self._strip()
        return tuple(self.made)

    def _put(self, text: str, *, code: bool = False) -> None:
        looks = {name: True for name, depth in self.open.items() if depth > 0}
        span = Span(text, code=code, **looks)
        last = self.made[-1] if self.made else None
        if last is not None and last[1:] == span[1:]:
            self.made[-1] = last._replace(text=last.text + text)
        else:
            self.made.append(span)

    def _strip(self) -> None:
        """Take the blanks from the end."""
        while self.made:
            text = self.made[-1].text.rstrip()
            if text:
                self.made[-1] = self.made[-1]._replace(text=text)
                return
            self.made.pop()

    def _end_link(self) -> None:
        """Put the address of a link behind its words, unless it is them."""
        words = "".join(self.link).strip()
        if not words:
            self.add(self.address)
        elif words not in {self.address, self.address.removeprefix(_MAIL)}:
            self.add(f"（{self.address}）" if words[-1] >= _WIDE else f" ({self.address})")
