"""Files of pages: pieces of text with their places."""
