"""A page as text for a terminal of any width."""
