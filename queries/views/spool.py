"""A list of records too long for memory: written once, read in order as often as one likes."""

import pickle
import weakref
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

# so many bytes stay in memory; more go to a file that nobody else sees and that is gone when the spool is
IN_MEMORY = 32 * 2**20


class Spool:
    """Records (tuples of plain values) in the order in which they were put there."""

    def __init__(self) -> None:
        """Begin empty."""
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it lives as long as the spool
        self._end = 0
        weakref.finalize(self, self._file.close)

    def extend(self, records: list[tuple[Any, ...]]) -> None:
        """Put some records at the end."""
        self._file.seek(self._end)
        pickle.dump(records, self._file, pickle.HIGHEST_PROTOCOL)
        self._end = self._file.tell()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """The records, from the first; several iterators may run at once."""
        place = 0
        while place < self._end:
            self._file.seek(place)
            records = pickle.load(self._file)
            place = self._file.tell()
            yield from records
