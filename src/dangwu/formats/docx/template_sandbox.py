"""The sandbox in which a Word template is filled in: values are looked at, never called, and all work is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.template_budget import TemplateBudget
from dangwu.formats.docx.template_words import put_into_words
from dangwu.language import load_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import nodes as jinja_nodes
    from jinja2.sandbox import SandboxedEnvironment

    from dangwu.language import Language

ALLOWED_FILTERS = frozenset({
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby", "int", "items", "join",
    "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round",
    "select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper",
})  # fmt: skip
"""What a template may do with a value. Nothing that takes a text for markup, or makes much out of little."""
_METHODS = frozenset({"items", "keys", "values", "get"})
_PAID, _WORDED, _TURN = "paid_value", "worded_value", "paid_turn_"


def build_sandbox(budget: TemplateBudget | None = None, lang: Language | None = None) -> SandboxedEnvironment:
    """Return a sandbox without loader, globals and methods; ``budget`` is what it may cost.

    What it prints is in the words of ``lang``, English where it is None.
    """
    from jinja2 import StrictUndefined, Undefined  # noqa: PLC0415
    from jinja2.filters import do_forceescape  # noqa: PLC0415
    from jinja2.sandbox import safe_range  # noqa: PLC0415

    purse = budget or TemplateBudget()
    language = lang or load_language("en")

    def word(value: Any) -> Any:
        if isinstance(value, str | Undefined):
            return value
        read = list(value) if hasattr(value, "__next__") else value
        return put_into_words(purse.pay_value(read), language)

    def finalize(value: Any) -> Any:
        worded = word(value)
        purse.pay_value(worded)
        return worded if hasattr(worded, "__html__") else do_forceescape(worded)

    # Also where a template switches the escaping off.
    made = _build_sandbox_class(purse)(autoescape=True, undefined=StrictUndefined, finalize=finalize)
    made.globals = {"range": safe_range}
    made.filters = {
        name: _pay_for_filter(name, known, purse) for name, known in made.filters.items() if name in ALLOWED_FILTERS
    }
    made.filters[_PAID] = purse.pay_value
    made.filters[_WORDED] = lambda value: purse.pay_value(word(value))
    return made


def _build_sandbox_class(purse: TemplateBudget) -> type[SandboxedEnvironment]:
    """Return the class of a sandbox that pays for the work of its templates."""
    from jinja2.exceptions import SecurityError  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    class Sandbox(SandboxedEnvironment):
        """Calls nothing but loops, macros of the template itself and what lists the fields of a row."""

        intercepted_binops = frozenset({"*", "**", "%", "+"})

        def _parse(self, source: str, name: str | None, filename: str | None) -> jinja_nodes.Template:
            """Return the parsed template, with what counts the turns of its loops and the length of its values."""
            parsed = super()._parse(source, name, filename)
            _word_output(parsed)
            _count_work(parsed)
            return parsed.set_environment(self)  # type: ignore[return-value]  # a node returns itself

        def __getattr__(self, name: str) -> None:
            """Count a turn: the number is the length of the text that it repeats."""
            if not name.startswith(_TURN):
                raise AttributeError(name)
            purse.pay_turn(int(name.removeprefix(_TURN)))

        def getattr(self, obj: Any, attribute: str) -> Any:
            """Return a field before a method of the same name: rows have fields called items."""
            if isinstance(obj, dict) and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

        def is_safe_callable(self, obj: Any) -> bool:
            """Tell whether something may be called."""
            return _may_call(obj)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            """Multiply numbers, never texts and lists; what is added is paid for."""
            numbers = isinstance(left, int | float) and isinstance(right, int | float)
            if operator == "**" or (operator != "+" and not numbers):
                raise SecurityError(f"{operator} is for numbers only")
            return purse.pay_value(super().call_binop(context, operator, left, right))

    return Sandbox


def _may_call(obj: Any) -> bool:
    from jinja2.runtime import LoopContext, Macro, Undefined  # noqa: PLC0415
    from jinja2.sandbox import safe_range  # noqa: PLC0415

    owner = getattr(obj, "__self__", None)
    if isinstance(owner, dict):
        return getattr(obj, "__name__", "") in _METHODS
    # A name that is nowhere says so itself when it is called.
    return isinstance(obj, LoopContext | Macro | Undefined) or obj is safe_range or isinstance(owner, LoopContext)


def _pay_for_filter(name: str, known: Callable[..., Any], budget: TemplateBudget) -> Callable[..., Any]:
    """Return a filter whose values are paid for before and after."""
    from functools import wraps  # noqa: PLC0415
    from inspect import signature  # noqa: PLC0415

    asked = signature(known)

    @wraps(known)
    def paid(*values: Any, **named: Any) -> Any:
        # What is read only once is read now: its length is not known before.
        plain = tuple(list(value) if hasattr(value, "__next__") else value for value in values)
        for value in (*plain, *named.values()):
            budget.pay_value(value)
        if name in _GROWING:
            try:
                given = asked.bind(*plain, **named).arguments
            except TypeError:
                given = {}
            budget.pay(_GROWING[name](given) if given else 0)
        made = known(*plain, **named)
        # A generator is read once, by a loop or by the next filter, which pay for it.
        return made if hasattr(made, "__next__") else budget.pay_value(made)

    return paid


def _measure_join(given: dict[str, Any]) -> int:
    value = given["value"]
    return (len(value) if hasattr(value, "__len__") else 0) * len(str(given.get("d", "")))


def _measure_replace(given: dict[str, Any]) -> int:
    text, old, new = (str(given[name]) for name in ("s", "old", "new"))
    return (text.count(old) if old else len(text) + 1) * len(new)


def _measure_round(given: dict[str, Any]) -> int:
    """Return the digits squared: a number of so many is worked out."""
    digits = given.get("precision", 0)
    return abs(digits) ** 2 if isinstance(digits, int) else 0


_GROWING: dict[str, Callable[[dict[str, Any]], int]] = {
    "join": _measure_join,
    "replace": _measure_replace,
    "round": _measure_round,
}
"""What a filter is about to make that is more than what it is given."""


def _count_work(template: jinja_nodes.Template) -> None:
    """Put what counts into a template: at the head of loops and macros, and around what joins, cuts or compares."""
    from jinja2 import nodes  # noqa: PLC0415

    turns: list[Any] = [*template.find_all((nodes.For, nodes.Macro, nodes.CallBlock))]
    for turn in turns:
        length = sum(map(_measure_own_text, turn.body))
        turn.body.insert(0, nodes.ExprStmt(nodes.EnvironmentAttribute(f"{_TURN}{length}"), lineno=turn.lineno))
    groups: list[Any] = [*template.find_all((nodes.Concat, nodes.List, nodes.Tuple))]
    for group in groups:
        if getattr(group, "ctx", "load") == "load":
            members = group.nodes if isinstance(group, nodes.Concat) else group.items
            members[:] = [_pay(each, _WORDED if isinstance(group, nodes.Concat) else _PAID) for each in members]
    for pair in [*template.find_all(nodes.Pair)]:
        pair.value = _pay(pair.value)
    for cut in [*template.find_all(nodes.Getitem)]:
        if isinstance(cut.arg, nodes.Slice):
            cut.node = _pay(cut.node)
    for compared in [*template.find_all(nodes.Compare)]:
        compared.expr = _pay(compared.expr)
        for operand in compared.ops:
            operand.expr = _pay(operand.expr)


def _word_output(template: jinja_nodes.Template) -> None:
    """Let everything that is printed be words, constants too, which are worked out before there are values."""
    from jinja2 import nodes  # noqa: PLC0415

    for output in [*template.find_all(nodes.Output)]:
        output.nodes[:] = [
            each if isinstance(each, nodes.TemplateData) else _pay(each, _WORDED) for each in output.nodes
        ]
    for constant in [*template.find_all(nodes.Const)]:
        if isinstance(constant.value, str):  # it stood in XML
            constant.value = constant.value.replace("&amp;", "&")


def _pay(value: jinja_nodes.Expr, filter_: str = _PAID) -> jinja_nodes.Expr:
    from jinja2 import nodes  # noqa: PLC0415

    return nodes.Filter(value, filter_, [], [], None, None, lineno=value.lineno)


def _measure_own_text(node: jinja_nodes.Node) -> int:
    """Return the length of the text in a node, without that of the loops in it."""
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    if isinstance(node, nodes.For | nodes.Macro | nodes.CallBlock):
        return 0
    return sum(map(_measure_own_text, node.iter_child_nodes()))
