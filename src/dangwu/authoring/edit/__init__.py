"""Edits of the text of records that keep comments, order and everything else that was not meant."""
