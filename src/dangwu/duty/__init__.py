"""Rules + records + day → duties (design, section 4)."""
