"""A fictional branch with a believable history, and a few faults planted in it for people to find."""

from __future__ import annotations

from dangwu.sample.build import make_sample
from dangwu.sample.sample_values import Commit, Fault, Sample, Size

__all__ = ["Commit", "Fault", "Sample", "Size", "make_sample"]
