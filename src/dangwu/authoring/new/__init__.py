"""Fields of a new record of any kind, from the known records and from the input."""
