"""Results → ``Page``: headings, tables, charts, in no format. No disk, no clock."""
