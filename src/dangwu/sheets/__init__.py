"""Spreadsheets both ways; ``columns`` is the list of columns."""
