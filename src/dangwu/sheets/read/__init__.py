"""A workbook or CSV file → cells, rows and values."""
