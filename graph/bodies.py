"""Bodies that a reform gave another name or merged into one: linked by name, never made one.

The table is `ontology/renames.csv`: the end of the former name, that of the successor's, the year and the decision that
says so. It holds only renamings that every place carried out alike; where places chose different names it says nothing.
"""

import csv
import io
from functools import cache

from ..extract.region import find_place
from ..ontology.vocabulary import read

# the former name may be the end of a longer one of another body: 农业局 in 林业农业局 names no 农业局
BEFORE_NAME = (*"省市县区州盟旗", "国家", "人民共和国")


@cache
def _renames() -> tuple[tuple[str, str], ...]:
    """(former, successor), the longest former name first."""
    rows = csv.DictReader(io.StringIO(read("renames.csv")))
    return tuple(sorted(((row["former"], row["successor"]) for row in rows), key=lambda pair: -len(pair[0])))


def successor(name: str) -> str | None:
    """The name of the body that took another's place (河南省农业厅 → 河南省农业农村厅), None where none is known."""
    for former, now in _renames():
        if name.endswith(former):
            place = name.removesuffix(former)
            known = not place or place.endswith(BEFORE_NAME) or ((found := find_place(place)) and found[0] == place)
            return place + now if known else None
    return None
