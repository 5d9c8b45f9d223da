"""Texts that look like records, and records that were damaged: what property tests draw from."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.support.branches import GROUP_MEETING, base_files

BASE = {path: raw if isinstance(raw, bytes) else raw.encode() for path, raw in base_files().items()}
KINDS = ("branch.yaml", "members/m001.yaml", GROUP_MEETING, "waivers/2026/2026-05-06-g2-april.yaml")
quick = settings(
    derandomize=True, max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)

yamlish = st.lists(
    st.one_of(
        st.sampled_from(
            ["schema: 1\n", "kind: member\n", "kind: branch\n", "kind: group-meeting\n", "kind: accepted\n",
             "id: m001\n", "date: 2026-03-12\n", "present: [m001]\n", "  ", "- ", "\n",
             ": ", "：", "? ", "{", "}", "[", "]", ",",
             "&a ", "*a", "!!str ", "|\n", ">-\n", "'", '"', "\\x00", "---\n", "...\n",
             "%YAML 1.2\n", "#", "<<: ", "\t", "~",
             "2026-02-30", "from: ", "status: ", "1e999", "-", "\ufeff", "\u2028", "\r", "【待填】",
             "<<<<<<<\n", "<!--"]
        ),
        st.text(max_size=5),
    ),
    max_size=40,
).map("".join)  # fmt: skip
scalars: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 3000), st.just(1.5), st.text(max_size=4),
    st.sampled_from(["2026-03-12", "g1", "m001", "2026-02-30", "3.1/2026-03/g1", "full", "month", "3.1", "DW305"]),
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a good record with slices deleted, doubled, or replaced."""
    path = draw(st.sampled_from(KINDS))
    raw = BASE[path]
    for _ in range(draw(st.integers(1, 3))):
        first, last = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
        last = min(last, first + draw(st.integers(0, 40)))
        new = draw(st.one_of(st.just(b""), st.just(raw[first:last] * 2), st.binary(max_size=6), yamlish.map(encoded)))
        raw = raw[:first] + new + raw[last:]
    return path, raw


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
