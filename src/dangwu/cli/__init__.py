"""The command line: one short file per command. The only place with a clock and with output."""
