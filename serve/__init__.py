"""What people look at: the page that opens in a browser, and pictures."""

from .page import PageError, make_page, write_page

__all__ = ["PageError", "make_page", "write_page"]
