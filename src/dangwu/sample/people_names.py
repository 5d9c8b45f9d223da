"""Fictional names: surnames and given names put together by chance, no two alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random

SURNAMES = (
    *"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡",
    *"贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦史顾侯邵孟龙万段雷钱",
    *"汤尹黎易常武乔贺赖龚文",
    *("欧阳", "上官", "诸葛", "司徒"),
)
MALE = (
    "志远",
    "海波",
    "永强",
    "立新",
    "树林",
    "长庚",
    "水根",
    "金山",
    "庆丰",
    "家骏",
    "宏图",
    "松涛",
    "少华",
    "伟民",
    "建业",
    "文斌",
    "云飞",
    "大勇",
    "春生",
    "秋实",
    "国梁",
    "学兵",
    "玉柱",
    "景明",
    "望舒",
    "承宇",
    "子昂",
    "浩然",
    "俊杰",
    "嘉树",
    "一鸣",
    "思源",
    "振华",
    "启明",
    "怀谷",
    "泽川",
    "润生",
    "铁军",
    "耀祖",
    "成器",
    "义方",
    "良才",
    "广田",
    "连生",
    "福来",
    "世杰",
    "正阳",
    "卫星",
)
FEMALE = (
    "秀梅",
    "桂芝",
    "晓燕",
    "玉兰",
    "春霞",
    "丽萍",
    "雪琴",
    "红英",
    "慧敏",
    "静宜",
    "雨桐",
    "思琪",
    "佳怡",
    "欣然",
    "若兰",
    "婉清",
    "月华",
    "彩云",
    "小凤",
    "爱珍",
    "美娟",
    "文静",
    "亚男",
    "海棠",
    "素芬",
    "巧玲",
    "冬梅",
    "艳秋",
    "诗涵",
    "梦洁",
    "翠平",
    "新月",
    "惠芳",
    "莉莉",
    "舒窈",
    "锦书",
    "念慈",
    "知夏",
    "采薇",
    "凌霜",
)
RARE = (("何", "䶮", False), ("沈", "㛃", True), ("欧阳", "𬭎", False))
WHOLE = (("阿依古丽·买买提", True), ("扎西·多吉", False))


class Name(NamedTuple):
    """A full name, and whether it is a woman's."""

    full: str
    female: bool


def names(dice: random.Random, number: int) -> list[Name]:
    """Return so many different names."""
    peculiar = [Name(surname + given, female) for surname, given, female in RARE]
    peculiar += [Name(full, female) for full, female in WHOLE]
    dice.shuffle(peculiar)
    found: list[Name] = []
    known: set[str] = set()
    while len(found) < number:
        if peculiar and len(found) % 5 == 3:  # noqa: PLR2004
            name = peculiar.pop()
        else:
            female = dice.random() < 0.4  # noqa: PLR2004 - two women to three men
            surname = dice.choice(SURNAMES)
            name = Name(surname + dice.choice(FEMALE if female else MALE), female)
        if name.full not in known:
            known.add(name.full)
            found.append(name)
    return found
