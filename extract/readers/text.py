"""Plain text and Markdown to a `Source`. The byte order mark is no part of the text; line ends stay as they are."""

import hashlib

from ..records import Source
from .encodings import decode


def read_text(data: bytes, name: str) -> Source:
    """Read the bytes of a text file; `name` is that of the file. Raises UnreadableError for bytes that are no text."""
    text, encoding = decode(data, name)
    return Source(text, name, "text/plain", encoding, hashlib.sha256(data).hexdigest())
