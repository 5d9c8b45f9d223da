"""Access to the disk: the work tree, safe writing, reading of input files."""
