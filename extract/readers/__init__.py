"""Files in the formats that people have → `Source`; `formats.py` lists them."""

from .files import Item, items, load, read, read_data

__all__ = ["Item", "items", "load", "read", "read_data"]
