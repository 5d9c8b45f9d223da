"""The YAML parser in Python, for where the one in C is missing."""
