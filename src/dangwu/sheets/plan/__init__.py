"""Rows of a sheet → edits of records and new records."""
