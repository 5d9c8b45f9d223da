"""What can be worked out of a new record, kind by kind."""
