"""Two states of the records → what changed."""
