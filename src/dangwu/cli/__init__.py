"""Arguments in, exit code out. The only clock and the only output."""
