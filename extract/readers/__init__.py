"""Files in the formats that people have → `Source`; `formats.py` lists them."""

from .files import Item, file_name, items, load, read, read_data

__all__ = ["Item", "file_name", "items", "load", "read", "read_data"]
