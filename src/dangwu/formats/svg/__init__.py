"""Charts → static SVG."""
