"""Corrections of a record's text after which it says the same as before; everything else in it stays byte for byte."""
