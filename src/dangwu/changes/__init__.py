"""Comparison of two states: records, rules, duties, control files."""
