"""Records → the registers of the year's report; ``registry`` is the list."""
