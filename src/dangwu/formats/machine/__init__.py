"""Results → the formats that other programs read."""
