"""How Sphinx cuts the pages into words for the search, of both languages: most pages have words of both."""

from __future__ import annotations

from sphinx.search.zh import SearchChinese

from tools.docs.search_words import DEMAND_EVERY_WORD, SPLIT_IN_THE_BROWSER, split_words


class PairSearch(SearchChinese):  # type: ignore[misc]
    """Pairs of Chinese characters, and English words by their stems."""

    lang = "pairs"
    js_splitter_code = SPLIT_IN_THE_BROWSER + DEMAND_EVERY_WORD
    # The stemmer in the browser is named after the language; that of SearchChinese is the English one, and not found.
    language_name = "English"

    def split(self, input: str) -> list[str]:  # noqa: A002 - the name that Sphinx has
        """Return the words of a text."""
        words = split_words(input)
        self.latin_terms.update(word for word in words if word.isascii())
        return words
