"""The room of output: finished values become pages, and pages become text. No disk, no clock."""
