"""The filters of questions: the same names and the same meaning in Python, on the command line and in SPARQL.

Values are text: codes of the concept schemes, names, ISO days, document numbers. A filter left out means any. A value
that does not fit its parameter raises ParameterError, which lists what would.
"""

from typing import TypedDict


class DocumentFilters(TypedDict, total=False):
    """Filters by document.

    `document` is its number, whatever its brackets and spaces; `place` a name or GB/T 2260 code of a place, with the
    places in it: the place of the amount where an amount has one, else that of the document.
    """

    document: str | None
    place: str | None


class ItemFilters(DocumentFilters, total=False):
    """Filters of the provisions that bodies are named for.

    `agency` is a name in any spelling that a document uses (河南省财政厅, 省财政厅); `instrument` the code of an
    instrument or group; `target` the code of a target type, where what is for a broader type is for it too.
    """

    agency: str | None
    instrument: str | None
    target: str | None


class StateFilters(ItemFilters, total=False):
    """Filters by what a measure is: `modality` is commit, encourage, permit or forbid."""

    modality: str | None


class MixFilters(ItemFilters, total=False):
    """Filters by what is in force `on` an ISO day: begun and not ended."""

    on: str | None


class Filters(StateFilters, total=False):
    """The filters of measures.

    `on` keeps what is in force on an ISO day; `from_` and `until` what has a date or period that begins on or after the
    one and ends on or before the other. The timeline filters its dates by them, not its measures.
    """

    on: str | None
    from_: str | None
    until: str | None


class AmountFilters(Filters, total=False):
    """Filters of amounts: `kind` and `unit` are codes, `least` and `most` bound the value (money in yuan)."""

    kind: str | None
    unit: str | None
    least: float | None
    most: float | None
