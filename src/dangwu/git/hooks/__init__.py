"""Git hooks: their text, their state, installation and removal."""
