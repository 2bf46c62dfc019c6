"""A web page saved as one file (MHTML) to a `Source`: the page itself, with the address that it was saved from."""

from email import message_from_bytes
from email.message import Message

from ...errors import UnreadableError
from ...records import Source
from .html import html_source

MAX_PARTS = 2000


def read_mhtml(data: bytes, name: str) -> Source:
    """Read the bytes of an MHTML file. Raises UnreadableError for one without a page."""
    message = message_from_bytes(data)
    for n, part in enumerate(message.walk()):
        if n > MAX_PARTS:
            break
        if part.get_content_type() == "text/html" and (page := _payload(part)):
            return html_source(page, name, data, part.get_content_charset(), _address(message, part), MEDIA_TYPE)
    raise UnreadableError(name, "is a saved web page (MHTML) without HTML in it.", "Save the page again, as HTML.")


MEDIA_TYPE = "multipart/related"


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _address(message: Message, part: Message) -> str | None:
    for value in (part.get("Content-Location"), message.get("Snapshot-Content-Location")):
        if value and str(value).startswith(("http://", "https://")):
            return str(value).strip()
    return None
