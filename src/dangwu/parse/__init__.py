"""Bytes → documents → records and rules, with findings. No disk."""
