"""History → observations: what the commits say about the records, one topic each; ``registry`` is the list."""
