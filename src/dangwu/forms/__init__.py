"""A record → the paper that people sign; ``registry`` is the list."""
