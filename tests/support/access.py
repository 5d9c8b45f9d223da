"""What keeps people out of a page: axe, which axe-playwright-python carries, and the contrast of every text on it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.browser import Page

# Large letters may be paler by WCAG (3); here they may not. One letter alone is text too: the marks of a calendar.
_RUN = """{ axe.configure({checks: [{id: "color-contrast", options:
    {ignoreLength: true, contrastRatio: {normal: {expected: 4.5}, large: {expected: 4.5}}}}]});
const touched = !matchMedia("print").matches;
const rules = {"target-size": {enabled: touched}};
axe.run(document, {resultTypes: ["violations"], preload: false, rules}).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}: ${node.failureSummary}`))) }"""

# Letters that stand in a drawing are read there by their own fill; the drawing stands on what the page has behind it.
_CONTRASTS = """(() => {
const colour = text => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a] }
const over = (top, below) => below.map((value, at) => at > 2 ? 1 : top[at] * top[3] + value * (1 - top[3]))
const light = parts => parts.slice(0, 3).map(value => value / 255)
    .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [.2126, .7152, .0722][at], 0)
const above = element => element ? [element, ...above(element.parentElement)] : []
const found = new Map()
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || element.closest(".vh, script, style, title, desc") ||
        !element.checkVisibility({visibilityProperty: true})) continue
    const line = above(element).map(each => getComputedStyle(each))
    const ground = line.map(each => colour(each.backgroundColor)).reverse().reduce(
        (below, top) => over(top, below), [255, 255, 255, 1])
    const own = colour(element.closest("svg") ? line[0].fill : line[0].color)
    own[3] *= line.reduce((all, each) => all * each.opacity, 1)
    const [dim, bright] = [light(over(own, ground)), light(ground)].sort((one, two) => one - two)
    const value = (bright + .05) / (dim + .05)
    if (value < 4.5) found.set(`${value.toFixed(2)} ${own} on ${ground}: ${element.outerHTML.slice(0, 120)}`, true)
}
return [...found.keys()]
})()"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe finds in the page, by its rules of WCAG A and AA and of good practice; nothing stays folded."""
    unfold(page)
    page.run(f"{_axe()};0")
    found: list[str] = page.run(_RUN)
    return found


def pale_texts(page: Page) -> list[str]:
    """Return the texts with a contrast below 4.5, those too that axe does not judge: in drawings, in another's box."""
    unfold(page)
    found: list[str] = page.run(_CONTRASTS)
    return found


def unfold(page: Page) -> None:
    """Show what a page keeps folded."""
    page.run("document.querySelectorAll('details').forEach(each => { each.open = true })")
