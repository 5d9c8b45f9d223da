"""Package data, and ``resources``, its only reader."""
