"""Small documents in many styles: each file holds the source, a line ====, and the structure that a reader sees in it.

All sentences stand for measures here, so that these rows do not depend on the rules for measure and statement. To see
what has become of a document after a change: `python tests/test_documents.py NAME`.
"""

import sys
from pathlib import Path

import pytest
from zhengce.extract.layout import clean
from zhengce.extract.outline import Outline, outline
from zhengce.extract.records import Assignment, Measure
from zhengce.extract.region import NATIONAL, Region, issuing_region
from zhengce.extract.resolve import assign

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.txt"))


def read(path: Path) -> tuple[str, str]:
    source, _, expected = path.read_text(encoding="utf-8").partition("\n====\n")
    return source, expected


def structure(source: str) -> str:
    """Front matter, parts, items with their level and title, sentences, and notes with their reach."""
    found = outline(clean(source))
    title = found.front.title
    own = issuing_region([issuer.value for issuer in found.front.issuers], title.value if title else None)
    region = own or Region(NATIONAL, None, (), ())
    rows = list(front_rows(found))
    rows.append(f"region: {own.name if own else ''}".rstrip())
    marks = [(part.begin, 0, f"part: {title_of(found, n)}") for n, part in enumerate(found.parts) if n]
    for item in found.items:
        title = found.clean.text[slice(*item.title)] if item.title else ""
        label = found.clean.text[item.label.begin : item.label.end]
        marks.append((item.begin, 1, f"{'  ' * item.label.level}{item.label.level} {label} {title}".rstrip()))
    marks += [(s.begin, 2, f"    s{n} {found.clean.text[s.begin : s.end]}") for n, s in enumerate(found.sentences)]
    marks += note_rows(found, region)
    return "\n".join(rows + [row for *_, row in sorted(marks, key=lambda mark: mark[:2])]) + "\n"


def front_rows(found: Outline) -> list[str]:
    front = found.front
    values = {
        "title": front.title.value if front.title else "",
        "number": front.number.value if front.number else "",
        "issuers": " | ".join(s.value for s in front.issuers),
        "date": front.date.value if front.date else "",
        "addressees": " | ".join(s.value for s in front.addressees),
        "listed": " | ".join(found.clean.text[slice(*span)] for span in found.parts[0].listed),
    }
    return [f"{name}: {value}".rstrip() for name, value in values.items() if value or name != "listed"]


def title_of(found: Outline, n: int) -> str:
    title = found.parts[n].title
    return found.clean.text[slice(*title)] if title else ""


def note_rows(found: Outline, region: Region) -> list[tuple[int, int, str]]:
    measures = [
        Measure(found.clean.span(s.begin, s.end), "", s.part, s.item, (), (), "sentence") for s in found.sentences
    ]
    rows: dict[int, list[Assignment]] = {}
    for assignment in assign(found, measures, region):
        rows.setdefault(assignment.note.begin, []).append(assignment)
    at = {found.clean.origin[note.begin]: note.begin for note in found.notes}
    return [(at[begin], 3, note_row(members)) for begin, members in rows.items()]


def note_row(members: list[Assignment]) -> str:
    names = "; ".join(f"{a.role} {a.agent.name}{'*' if a.agent.collective else ''}" for a in members)
    return f"    @ {','.join(f's{n}' for n in members[0].covers) or 'nothing'} <- {names}"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in DOCUMENTS])
def test_document(path: Path) -> None:
    source, expected = read(path)
    assert structure(source) == expected


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(structure(read(Path(__file__).parent / "documents" / f"{name}.txt")[0]))
