"""``Page`` → a terminal of any width."""
