"""The disk: work tree, safe writing, reading of input."""
