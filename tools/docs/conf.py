"""What Sphinx is told. ``DANGWU_DOCS_LANGUAGE`` is the language; ``tools/docs/build.py`` sets it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu import __version__
from tools.docs.search_language import PairSearch
from tools.docs.wording import OTHER_LANGUAGE, SITE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CODE = os.environ["DANGWU_DOCS_LANGUAGE"]
_WORDS = {key: words[_CODE] for key, words in SITE.items()}
_FONTS = (
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", '
    "sans-serif"
)
_FIXED_FONTS = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace'

project = "dangwu"
author = "The dangwu authors"
release = version = __version__
language = {"zh": "zh_CN", "en": "en"}[_CODE]
root_doc = "index"
extensions = ["myst_parser"]
templates_path = ["templates"]
locale_dirs = [str(Path(__file__).parent / "locale")]  # else it is looked for beside the pages
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
nitpicky = True
show_warning_types = True
highlight_language = "text"
pygments_style = "a11y-light"
pygments_dark_style = "a11y-dark"

html_theme = "furo"
html_title = _WORDS["title"]
html_short_title = "dangwu"
html_search_language = PairSearch.lang
html_static_path = ["static"]
html_favicon = "static/mark.svg"
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_context = {"other": OTHER_LANGUAGE[_CODE]}
html_theme_options = {
    "light_css_variables": {"font-stack": _FONTS, "font-stack--monospace": _FIXED_FONTS},
    "dark_css_variables": {"font-stack": _FONTS, "font-stack--monospace": _FIXED_FONTS},
}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/other-language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}

man_pages: list[tuple[str, str, str, list[str], int]] = [("index", "dangwu", _WORDS["tagline"], [], 1)]
man_show_urls = True


def setup(app: Sphinx) -> None:
    """Register the search."""
    app.add_search_language(PairSearch)
