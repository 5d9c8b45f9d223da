"""Results → sheets, which any format of tables can write."""
