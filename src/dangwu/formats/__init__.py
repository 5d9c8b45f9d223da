"""Finished values → text or bytes. ``registry`` is the only list of output formats."""
