"""One reader per file format, each giving a `Source`."""

from .text import read_text

__all__ = ["read_text"]
