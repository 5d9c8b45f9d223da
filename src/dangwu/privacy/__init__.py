"""Who sees what of a record: views by audience, and what is redacted."""
