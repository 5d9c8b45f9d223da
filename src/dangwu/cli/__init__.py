"""The command line: arguments in, exit code out. The only room that reads the clock and prints."""
