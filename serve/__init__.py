"""What people look at: the page that opens in a browser, and pictures."""

from .fonts import FontError, chinese_family
from .page import PageError, make_page, write_page
from .plots import PlotError, figure, plot

__all__ = ["FontError", "PageError", "PlotError", "chinese_family", "figure", "make_page", "plot", "write_page"]
