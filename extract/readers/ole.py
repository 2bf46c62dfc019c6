"""OLE compound files (old Word, WPS, Word files under a password): what they hold, by the names of their streams."""

from ..errors import UnreadableError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_AND_SAVE = "Fetch it again, or open it in Word or WPS and save it as .docx."
# a stream's name in the directory, in UTF-16; the first that is there decides
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


def refuse_encrypted(data: bytes, name: str) -> None:
    """Raise UnreadableError for a Word file that is encrypted: such a .docx is an OLE file."""
    if has_stream(data, "EncryptedPackage") or has_stream(data, "EncryptionInfo"):
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
