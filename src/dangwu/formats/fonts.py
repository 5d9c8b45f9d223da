"""The fonts of a document: those of official documents in order of preference, as far as they are installed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from typst import Fonts

_SONG_FONTS = ("SimSun", "STSong", "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")
_FALLBACK_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
_LATIN_FONTS = ("Libertinus Serif",)

FONT_ROLES: Mapping[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", *_SONG_FONTS, *_FALLBACK_FONTS),
    "text": (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "STFangsong",
        "FangSong_GB18030",
        *_SONG_FONTS,
        *_FALLBACK_FONTS,
    ),
    "black": ("SimHei", "Heiti SC", "STHeiti", *_FALLBACK_FONTS, *_SONG_FONTS),
    "script": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "Kaiti SC", *_SONG_FONTS, *_FALLBACK_FONTS),
    "song": (*_SONG_FONTS, *_FALLBACK_FONTS),
    "code": ("DejaVu Sans Mono", *_FALLBACK_FONTS, *_SONG_FONTS),
    "slanted": (*_LATIN_FONTS, *_SONG_FONTS, *_FALLBACK_FONTS),
}
"""Title 小标宋, text 仿宋, headings 黑体 and 楷体, page numbers 宋体 (GB/T 9704-2012, 5.2.2 and 7)."""

_CHINESE_CHARACTER = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def choose_fonts(families: Iterable[str], text: str, *, chinese: bool) -> dict[str, list[str]]:
    """Return the installed fonts of each role, best first; an English document has a Latin font before them.

    CannotRunError when the text has Chinese and no font for it is installed.
    """
    installed = {family.casefold(): family for family in families}
    fonts_by_role = {
        role: [installed[name.casefold()] for name in names if name.casefold() in installed]
        for role, names in FONT_ROLES.items()
    }
    if not fonts_by_role["text"] and _CHINESE_CHARACTER.search(text):
        raise CannotRunError(
            say("No font for Chinese was found; looked for {fonts}.", fonts=tuple(dict.fromkeys(FONT_ROLES["text"]))),
            say("Install one (on Debian: apt install fonts-noto-cjk), or name a folder of fonts with --font-dir."),
        )
    latin = [] if chinese else [installed[font.casefold()] for font in _LATIN_FONTS if font.casefold() in installed]
    return {role: [*latin, *names] or [*_LATIN_FONTS] for role, names in fonts_by_role.items()}


@cache
def load_fonts(folders: tuple[str, ...] = ()) -> Fonts:
    """Return the fonts that typst finds on this system and in some folders, looked for once in a process."""
    import typst  # noqa: PLC0415

    return typst.Fonts(font_paths=list(folders))
