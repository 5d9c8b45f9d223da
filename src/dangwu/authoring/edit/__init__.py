"""Edits of a record's text that keep its comments, order and all other lines."""
