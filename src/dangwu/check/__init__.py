"""Corpus → findings. One file per topic; ``registry`` is the fixed, visible list."""
