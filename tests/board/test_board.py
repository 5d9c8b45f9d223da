"""The openness board as files: what is on it, and that nothing in a record can act or reach out."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.board.items import compute_last_posted_day
from dangwu.board.pages import build_board_pages
from dangwu.board.texts import detect_language
from dangwu.data import resources
from dangwu.facts.people_names import NamedPerson, compile_people
from dangwu.formats.safe_text import UNSAFE_CHARACTER
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.model.message import Bilingual
from tests.support import openness
from tests.support.colour import contrast
from tests.support.openness import Reader, board_of, files_of, item, stages

if TYPE_CHECKING:
    from dangwu.board.items import Board
    from dangwu.board.page_values import BoardPage

HOSTILE = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "</style><style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
    '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>", '" onmouseover=alert(1) x="', "' onfocus=alert(1) '",
    "` onerror=alert(1)", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "&#106;avascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "<a href=javascript:alert(1)>x</a>", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)",
    "<http://evil.example>", "http://evil.example/x", "<iframe src=//evil.example></iframe>",
    "<object data=//evil.example></object>", "<embed src=//evil.example>",
    "<link rel=stylesheet href=//evil.example>", "<base href=//evil.example>",
    "<form action=//evil.example><input></form>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<math><mtext></math><img src=x onerror=alert(1)>", "<!-- x --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>", "&lt;script&gt;alert(1)&lt;/script&gt;", "{{ 7*7 }}",
    "{% include 'board.js' %}", "{# x #}", "{title}", "%3Cscript%3Ealert(1)%3C/script%3E", "\u202e<script>\u200b",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>", "\ud800<script>", "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>", "<body onload=alert(1)>", "＜script＞alert(1)＜/script＞",
    "# 一\n- <b>二</b>\n\n三", "**<script>**\n> `</code><script>`\n\n```\n</pre><script>alert(1)</script>\n```",
    '|<b>|</td>|\n|-|-|\n|<script>|"><img src=x>|', "1. </ol><script>\n   - ~~</s>~~",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), min_size=1, max_size=60))
OF_TEXT = {
    "p", "ul", "ol", "li", "h2", "h3", "blockquote", "pre", "code", "em", "strong", "s", "br", "table", "thead",
    "tbody", "tr", "th", "td",
}  # fmt: skip
"""What the marks of a text may become."""
LINK = re.compile(r"(?:\.\./)?(?:zh/|en/)?[a-z0-9-]+\.html|#content", re.ASCII)


def hostile(text: str) -> Board:
    """Return a board with the text in every place that a record or a person fills."""
    seen = {**stages(), "result": {"published_on": "2026-03-31", "supervision": text}}
    sheets = (item("a", matter=text, content=text, stages=seen), item("b", "2025-03-01", matter=text, content=text))
    branch = Bilingual(text, text)
    return board_of(sheets, contact=text)._replace(branch=branch, superior=branch, revision=text)


def assert_harmless(path: str, text: str) -> Reader:
    """See that a page holds our program and style and no other, and leads nowhere but to the board."""
    assert not UNSAFE_CHARACTER.search(text.replace("\n", ""))
    read = Reader(text)
    names = {name for name, _ in read.tags}
    assert not names & {"img", "iframe", "object", "embed", "base", "svg", "math", "video", "audio", "source"}
    for name, attributes in read.tags:
        assert not [key for key in attributes if key.startswith("on") or key in {"src", "srcset", "action", "style"}]
        href = attributes.get("href")
        if name == "link" and attributes["rel"] == "icon":
            assert (href or "").startswith("data:image/svg+xml,")
        else:
            assert href is None or LINK.fullmatch(href), href
    meta = {each.get("http-equiv") or each.get("name"): each.get("content") for each in read.named("meta")}
    digests = {
        kind: [f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in read.kept[kind]]
        for kind in ("style", "script")
    }
    rules = dict(each.split(" ", 1) for each in str(meta["Content-Security-Policy"]).split("; "))
    assert rules.pop("style-src") == digests["style"][0]
    script = rules.pop("script-src")
    assert digests["script"] in ([], [script])
    assert rules == {
        "default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    assert meta["referrer"] == "no-referrer"
    assert not re.search(r"url\(|@import|https?:|expression", read.kept["style"][0])
    assert not re.search(r"https?:|fetch|XMLHttp|eval|innerHTML|cookie|Storage", "".join(read.kept["script"]))
    return read


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_record_says_is_text(text: str) -> None:
    assert_text(text)


@given(text=TEXT)
@settings(deadline=None, max_examples=40)
def test_so_is_any_text(text: str) -> None:
    assert_text(text)


def assert_text(text: str) -> None:
    """See that the pages have the very tags that they have with a plain word, but for those of lists and emphasis."""
    made = files_of(hostile(text))
    plain = files_of(hostile("一段文字"))
    assert made.keys() == plain.keys()
    for path, page in made.items():
        read = assert_harmless(path, page)
        tags = [(name, sorted(attributes)) for name, attributes in read.tags if name not in OF_TEXT]
        assert tags == [
            (name, sorted(attributes)) for name, attributes in Reader(plain[path]).tags if name not in OF_TEXT
        ]
        words = {name for name, _ in read.tags if name in {"script", "style", "title"}}
        assert [len(read.kept[each]) for each in words] == [1] * len(words)


def test_there_are_forty_of_them() -> None:
    assert len(set(HOSTILE)) >= 40


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.EMPLOYEES, Audience.MEMBERS])
def test_pages_are_sound(audience: Audience) -> None:
    """Language, headings, labels and landmarks, and every link leads to a page that is there."""
    files = files_of(board_of(openness.every(), audience, contact="一层意见箱"))
    assert len(files) == 2 * (3 + 3 + 6 + 7) + 1
    for path, text in files.items():
        read = assert_harmless(path, text)
        folder = dirname(path) or "zh"
        assert read.named("html") == [{"lang": {"zh": "zh-CN", "en": "en"}[folder]}]
        for each in (*read.named("a"), *read.named("link")):
            href = str(each["href"])
            if href.endswith(".html"):
                assert normpath(join(dirname(path), href)) in files, (path, href)
        levels = [int(name[1]) for name, _ in read.tags if re.fullmatch("h[1-6]", name)]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert levels[0] == 1
        ids = [each["id"] for _, each in read.tags if "id" in each]
        assert len(ids) == len(set(ids))
        labels = {each["for"] for each in read.named("label")}
        assert labels == {each["id"] for name in ("input", "select") for each in read.named(name)}
        assert all(each.get("aria-label") for each in read.named("nav"))
        assert [len(read.named(name)) for name in ("main", "footer")] == [1, 1]
        assert next(each["href"] for each in read.named("a")) == "#content"
        assert [each["id"] for each in read.named("main")] == ["content"]
        assert len(read.kept["title"][0]) > 10
        assert ("noindex" in text) == (audience is not Audience.PUBLIC)
        current = [each for each in read.named("a") if each.get("aria-current")]
        assert len(current) == (path.rpartition("/")[2] in {"index.html", "archive.html", "ask.html"})


def test_each_text_says_its_language() -> None:
    text = files_of(board_of(openness.every()))["en/index.html"]
    assert '<h2 class="title" lang="zh-CN"><a href="item-2026-11-20-' in text
    assert '<p class="branch" lang="en">Party branch of Yunling Precision Machinery</p>' in text
    assert (detect_language("䶮"), detect_language("𬭎"), detect_language("Notice 3/2026")) == ("zh-CN", "zh-CN", "en")


def test_the_front_page_is_the_list_in_the_language_asked_for() -> None:
    for first in ("zh", "en"):
        files = files_of(board_of(openness.every()), first)
        front = files["index.html"].replace(f'href="{first}/', 'href="')
        other = "en" if first == "zh" else "zh"
        assert front.replace(f'href="{other}/', f'href="../{other}/') == files[f"{first}/index.html"]


def page(made: Board, name: str, code: str = "zh") -> BoardPage:
    """Return one page of a board as a value."""
    return dict(build_board_pages(made, resources.load_schema("disclosure"), load_language(code)))[name]


def titles(made: Board, name: str) -> list[str]:
    return [each.title for each in page(made, name).rows]  # type: ignore[union-attr]


def test_what_is_posted_and_what_is_archived() -> None:
    made = board_of(openness.every())
    assert titles(made, "index") == ["拟定的办法", "䶮㛃𬭎小组活动", "第三季度廉洁情况", "购置设备"]
    assert titles(made, "archive") == ["党费总数", "监督情况", "班子整改措施"]
    assert titles(made, "year-2026") == [
        "拟定的办法", "䶮㛃𬭎小组活动", "第三季度廉洁情况", "购置设备", "党费总数",
    ]  # fmt: skip
    assert titles(made, "class-4") == ["党费总数"]
    assert "2026年2月1日" in files_of(made)["zh/" + made.past[0].name + ".html"]
    assert "公开期限已满" in files_of(made)["zh/" + made.past[0].name + ".html"]


@pytest.mark.parametrize(
    ("day", "until"), [("2026-03-31", "2026-12-31"), ("2026-12-20", "2027-01-20"), ("2026-01-01", "2026-12-31")]
)
def test_without_a_limit_it_stays_all_the_year_and_a_month(day: str, until: str) -> None:
    assert compute_last_posted_day(date.fromisoformat(day)).isoformat() == until
    last = date.fromisoformat(until)
    assert board_of([item(day=day)], as_of=last).current
    assert not board_of([item(day=day)], as_of=date.fromordinal(last.toordinal() + 1)).current
    assert not board_of([item(day=day, until=day)], as_of=last).current


def test_of_opinions_there_are_numbers_only() -> None:
    files = files_of(board_of(openness.every()))
    every = "".join(files.values())
    assert "希望早些公布" not in every
    assert "已改" not in every
    assert "收到意见 2 条，已答复 1 条。" in files["zh/ask.html"]
    asked = board_of(openness.every(), as_of=date(2026, 4, 3))
    assert "收到意见 1 条，已答复 0 条。" in files_of(asked)["zh/ask.html"]
    assert "收到后 10 天内答复。" in files["zh/ask.html"]


def test_a_notice_has_its_register_and_stages() -> None:
    made = board_of(openness.every())
    first, last = (page(made, each.name) for each in (made.items[0], made.items[3]))
    assert [(each.title, each.reached) for each in first.stages] == [  # type: ignore[union-attr]
        ("事前", True), ("决策", False), ("结果", False),
    ]  # fmt: skip
    assert [each.reached for each in last.stages] == [True, True, True]  # type: ignore[union-attr]
    assert dict(last.register) == {  # type: ignore[union-attr]
        "类别": "第（1）类：重大决策", "时间类型": "重大事项", "公开范围": "职工", "公开形式": "公开栏",
        "公开日期": "2026年3月31日", "公开至": "2026年12月31日（未登记期限，按到年末、至少一个月计）",
        "保密审查": "2026年3月31日", "批准": "2026年3月31日", "监督方式": "监督员可以查看采购单据",
    }  # fmt: skip
    english = page(made, made.items[4].name, "en")
    assert dict(english.register)["Posted until"] == "1 February 2026"  # type: ignore[union-attr]
    assert dict(english.register)["Work completed on"] == "8 January 2026"  # type: ignore[union-attr]


def test_choices_are_offered_only_where_items_differ() -> None:
    made = board_of([item("a"), item("b", "2026-04-01", timing="routine")])
    assert [each.key for each in page(made, "index").filters] == ["timing"]  # type: ignore[union-attr]
    assert not page(board_of([item()]), "index").filters  # type: ignore[union-attr]
    style = files_of(made)["zh/index.html"]
    for each in openness.every():
        assert f'option[value="c-{each.data["class"]}"]:checked' in style


def test_an_empty_board() -> None:
    files = files_of(board_of(branch=None))
    assert set(files) == {
        "index.html",
        *(f"{code}/{name}.html" for code in ("zh", "en") for name in ("index", "archive", "ask")),
    }
    for path, text in files.items():
        assert_harmless(path, text)
    assert "目前没有事项。" in files["index.html"]


def test_names_of_files_tell_nothing_and_stay() -> None:
    one, two = item("zhang-san-bei-chufa"), item("../../etc")
    names = {each.name for each in board_of([one, two]).items}
    assert len(names) == 2
    assert all(re.fullmatch(r"item-2026-03-31-[0-9a-f]{12}", each) for each in names)
    changed = board_of([one._replace(data={**one.data, "matter": "改题"})]).items[0]
    assert changed.name in names


def test_the_same_bytes() -> None:
    sheets = openness.every()
    assert files_of(board_of(sheets)) == files_of(board_of(sheets[::-1]))


MARKED = """一、数字
- 应到 **10**
- *实到* 9

# 说明
2. 其他 `x` ~~略~~
> 引文\\
> 又

## 附
| 项目 | 数 |
|---|--:|
| 甲 | **1** |

```
a < b
  c
```
"""


def test_the_marks_of_a_text_are_what_they_mean() -> None:
    made = board_of([item("a", content=MARKED), item("b", "2026-01-01")])
    files = files_of(made)
    text = files[f"zh/{made.items[0].name}.html"]
    read = assert_harmless("zh/a.html", text)
    body = text[text.index('<div class="body prose">') : text.index('<div class="sign">')]
    assert body.split("\n")[1:-2] == [
        '<p lang="zh-CN">一、数字</p>', '<ul lang="zh-CN">', "<li>应到 <strong>10</strong></li>",
        "<li><em>实到</em> 9</li>", "</ul>", '<h2 lang="zh-CN">说明</h2>', '<ol lang="zh-CN">',
        '<li value="2">其他 <code>x</code> <s>略</s></li>', "</ol>", '<blockquote lang="zh-CN">', "<p>引文<br>又</p>",
        "</blockquote>", '<h3 lang="zh-CN">附</h3>', '<table lang="zh-CN" class="rows">',
        '<thead><tr><th scope="col" class="start">项目</th><th scope="col" class="end">数</th></tr></thead>', "<tbody>",
        '<tr><td class="start">甲</td><td class="end"><strong>1</strong></td></tr>', "</tbody>", "</table>",
        '<pre lang="en">', "a &lt; b", "  c", "</pre>",
    ]  # fmt: skip
    assert "em:lang(zh)" in read.kept["style"][0]
    # In a list of items there is only the text.
    row = re.search(r'<p class="text"[^>]*>(一、.*?)</p>', files["index.html"])
    assert row is not None
    assert row[1].startswith("一、数字 应到 10 实到 9 说明 2. 其他 x ~~略~~ 引文 又 附")
    # A board without marks does without their style, and so does a page.
    assert "em:lang(zh)" not in "".join(files_of(board_of(openness.every()[:1])).values())
    assert '<div class="body">' in files[f"zh/{made.items[1].name}.html"]


@pytest.mark.parametrize("text", ["# 一\n### 二\n## 三", "### 一\n# 二", "###### 一\n###### 二\n> # 三"])
def test_titles_of_a_text_are_below_that_of_the_page(text: str) -> None:
    made = board_of([item("a", content=text)])
    read = assert_harmless("a", files_of(made)[f"zh/{made.items[0].name}.html"])
    levels = [int(name[1]) for name, _ in read.tags if re.fullmatch("h[1-6]", name)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


NAMED = (
    "李**明**华", "*李*明华", "李`明华`", "李~~明~~华", "李[明华](x)", "![李](x)明华", "- 李**明华**", "> 李**明**华",
    "|李**明**华|\n|-|\n|*李明*华|", "# 李**明**华", "```\n李明华\n```", "- 李明\n  华", "1. - 李*明*华",
)  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_name_with_a_mark_inside_is_a_name(text: str) -> None:
    """Names are looked for once more in what a reader sees."""
    names = compile_people([NamedPerson("m001", "李明华")])
    seen, hidden = (
        _shown(board_of([item("a", content=text)], find_hidden_names=lambda _, each=each: each))
        for each in (None, names)
    )
    assert "李明华" in seen
    assert "李明华" not in hidden
    assert seen.replace("李~~明~~华", "李明华").replace("李明华", "某某") == hidden


def _shown(made: Board) -> str:
    """Return what is read on all pages."""
    return "".join("".join(Reader(page).text) for page in files_of(made).values())


def test_every_colour_can_be_read() -> None:
    """Text needs a contrast of 4.5 against what it stands on, borders of fields 3 (WCAG AA): by day, by night."""
    style = (resources.read_package_file("templates/board.css.j2") or b"").decode()
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", block))
        for ground in ("paper", "ground", "band"):
            for name in ("ink", "soft", "accent"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
            assert contrast(colours["strong"], colours[ground]) >= 3
        if "focus" in colours:
            assert contrast(colours["focus"], colours["ground"]) >= 3
