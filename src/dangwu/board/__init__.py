"""The openness board (党务公开栏): items of openness as a value, the value as pages, the pages as files."""
