"""Two states of the records, and the history, become changes and audit findings."""
