"""Word files, new and old."""
