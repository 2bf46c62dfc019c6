"""OLE compound files (old Word, WPS, Word files under a password): what they hold, by the names of their streams."""

from typing import Any

from ..errors import UnreadableError

# the type of an entry of the directory that is a stream
STREAM = 2
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_AND_SAVE = "Fetch it again, or open it in Word or WPS and save it as .docx."
# a stream's name in the directory, in UTF-16; the first that is there decides
ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
NOT_WORD = (
    ("Workbook", "is an Excel workbook, not a document."),
    ("Book", "is an Excel workbook, not a document."),
    ("PowerPoint Document", "is a PowerPoint presentation, not a document."),
)


def has_stream(data: bytes, stream: str) -> bool:
    """Is there a stream of this name? Names stand in directory entries, each at a multiple of 128 bytes."""
    wanted = (stream + "\0").encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == len(wanted).to_bytes(2, "little"):
            return True
        at = data.find(wanted, at + 1)
    return False


def stream(container: Any, data: bytes, name: str) -> bytes:
    """The bytes of a stream at the root of an OLE file that olefile opened; `data` are those of the file.

    Sectors that follow one another are taken at once: olefile reads each by itself. What is small, missing or damaged
    is left to olefile, which raises OSError for a stream that is not there.
    """
    entry = next((kid for kid in container.root.kids if kid.name.lower() == name.lower()), None)
    if entry is None or entry.entry_type != STREAM or entry.size < container.minisectorcutoff:
        return bytes(container.openstream(name).read())
    fat, size = container.fat, container.sectorsize
    left = -(-entry.size // size) if entry.size <= len(data) else 0
    sector, pieces = entry.isectStart, []
    while left and sector < len(fat):
        last, most = sector, min(sector + left, len(fat))
        while last + 1 < most and fat[last] == last + 1:
            last += 1
        # the first sector stands after the header, which takes the room of one
        pieces.append(data[(sector + 1) * size : (last + 2) * size])
        left -= last + 1 - sector
        sector = fat[last]
    found = b"".join(pieces)[: entry.size]
    return found if len(found) == entry.size else bytes(container.openstream(name).read())


def refuse_encrypted(data: bytes, name: str) -> None:
    """Raise UnreadableError for a Word file that is encrypted: such a .docx is an OLE file."""
    if any(has_stream(data, stream) for stream in ENCRYPTED):
        raise UnreadableError(name, "is protected by a password.", "Remove the password in Word and save it again.")


def refuse_others(data: bytes, name: str) -> None:
    """Raise UnreadableError, naming what it is, for an OLE file that is no Word document."""
    refuse_encrypted(data, name)
    if has_stream(data, "WordDocument"):
        return
    for stream, problem in NOT_WORD:
        if has_stream(data, stream):
            raise UnreadableError(name, problem, "Save the policy's text as .docx or .txt and build that.")
    problem = "is an OLE file without a Word document (another program's, or cut short)."
    raise UnreadableError(name, problem, OPEN_AND_SAVE)


def refuse_opened(container: Any, data: bytes, name: str) -> None:
    """The same for a file that olefile opened, by its directory, so that the file need not be searched."""
    names = {entry.name for entry in container.direntries if entry is not None}
    if "WordDocument" not in names or not names.isdisjoint(ENCRYPTED):
        refuse_others(data, name)
