"""Package data, and ``resources``, the only reader of it."""
