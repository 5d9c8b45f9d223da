"""Results → charts and month calendars, as values."""
