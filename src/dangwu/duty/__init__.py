"""Rulebook, records and as-of day → duties with their states (design, section 4)."""
