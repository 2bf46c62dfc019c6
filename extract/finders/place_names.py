"""The names of places, for finders that must not take one for something else; whose they are is resolved later."""

from functools import cache

from ...ontology.vocabulary import places


@cache
def place_names() -> frozenset[str]:
    """The names and short names of all places of the place scheme (GB/T 2260)."""
    return frozenset(name for place in places() for name in (place.name, place.short) if name and len(name) > 1)
