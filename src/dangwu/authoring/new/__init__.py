"""The text of a new record of any kind, from what is known and what the writer says."""
