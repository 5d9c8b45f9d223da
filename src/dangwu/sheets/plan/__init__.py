"""Rows of a sheet → edits of records."""
