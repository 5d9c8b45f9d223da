"""Counts, sums and comparisons of records that checks, duties and pages share."""
