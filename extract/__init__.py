"""From text to records; no RDF in this room.

The room and the verb have one name: `zhengce.extract(path)` reads a file also after a module of the room was imported.
"""

import sys
from pathlib import Path
from types import ModuleType

from .records import Document


class _Verb(ModuleType):
    """A package that can be called: importing a module of it puts it in the place of the function `zhengce.extract`."""

    def __call__(self, path: str | Path) -> Document:
        """Say what one file states. Raises DocumentError, which names the file and the cure."""
        from .pipeline import extract

        return extract(path)


sys.modules[__name__].__class__ = _Verb
