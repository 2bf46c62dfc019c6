"""Cut clean text into sentences and ；-clauses: at 。；！？ outside brackets and quotation marks.

The cut is that of the annotation guidelines, so that a hand-made and a machine-made graph have the same measures.
"""

from collections.abc import Iterator

OPENING = "（(【《“‘「『〔"
CLOSING = "）)】》”’」』〕"
ENDING = "。；！？;"
# an unclosed bracket must not swallow the rest: it is given up where none closes within this many characters
REACH = 199


def cut(text: str, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield [begin, end) of each sentence of text[begin:end], its end mark included."""
    stop = len(text) if end is None else end
    depth, start, next_closing = 0, begin, -1
    for at in range(begin, stop):
        c = text[at]
        if c in OPENING:
            depth += 1
        elif c in CLOSING:
            depth = max(0, depth - 1)
        elif c in ENDING and depth == 0:
            yield start, at + 1
            start = at + 1
        elif c == "。" and at + 1 < stop and text[at + 1] not in CLOSING:
            if next_closing <= at:
                next_closing = next((n for n in range(at + 1, stop) if text[n] in CLOSING), stop)
            if next_closing - at > REACH:
                depth = 0
                yield start, at + 1
                start = at + 1
    if start < stop:
        yield start, stop
