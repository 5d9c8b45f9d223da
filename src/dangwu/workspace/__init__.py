"""Use cases: one file for each question, named like its command."""
