"""Spreadsheets and records: a sheet that somebody filled in becomes changes to records."""
