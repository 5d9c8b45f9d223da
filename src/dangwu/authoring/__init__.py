"""Records' data → their text, without disk or clock."""
