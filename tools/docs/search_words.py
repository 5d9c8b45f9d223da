"""The words by which a text is found, in the pages and in what is typed into the search.

Chinese has no spaces, and a dictionary that cuts pages in the build cannot cut what is typed in a browser: there
党小组会 would be one word, here several. So each pair of neighbouring characters is a word, in both places. A page is
found when it has all pairs of what is typed. The rule stands here in Python and in JavaScript; a test compares them.
"""

from __future__ import annotations

import re

_HAN = "\\u3400-\\u9fff\\uf900-\\ufaff"
_WORD = f"[{_HAN}]+|[A-Za-z0-9_]+"

SPLIT_IN_THE_BROWSER = f"""
function splitQuery(text) {{
    var found = [];
    (text.match(/{_WORD}/g) || []).forEach(function (run) {{
        if (/[{_HAN}]/.test(run) && 2 !== run.length && 1 !== run.length) {{
            run.split("").slice(1).forEach(function (next, at) {{ found.push(run[at] + next); }});
        }} else {{
            found.push(run);
        }}
    }});
    return found;
}}
"""
"""The function that Sphinx's search calls for what is typed."""

DEMAND_EVERY_WORD = """
(function () {
    var search = Search.performTermsSearch;
    Search.performTermsSearch = function (words, excluded) {
        var lists = [...words].map(function (word) { return search(new Set([word]), excluded); });
        var scores = lists.map(function (list) {
            return new Map(list.map(function (row) { return [row[5], row[4]]; }));
        });
        return (lists[0] || []).filter(function (row) {
            return scores.every(function (known) { return known.has(row[5]); });
        }).map(function (row) {
            var sum = scores.reduce(function (sum, known) { return sum + known.get(row[5]); }, 0);
            return row.slice(0, 4).concat([sum], row.slice(5));
        });
    };
}());
"""
"""Sphinx's search lets words of two letters be missing, and pairs are that short: here a page has every word, and the
more of them in its title the higher it stands. A row of a result has its score at 4 and its file at 5."""


def split_words(text: str) -> list[str]:
    """Return the words of a text: runs of Latin letters and digits, and pairs of Chinese characters."""
    found = []
    for run in re.findall(_WORD, text):
        if run.isascii() or len(run) <= len("汉字"):
            found.append(run)
        else:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
    return found
