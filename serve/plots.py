"""Pictures for a report: who owns what, when, how much, and which place has which goal.

Each is made of the answers to named questions, so the filters are those of the questions. A picture is a matplotlib
Figure without pyplot: nothing global changes. The same graph and font give the same bytes; no file holds a date.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..extract.errors import UserError
from ..queries import KnowledgeGraph
from . import fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
DOTS, COLOURS = 120, 200
STYLE: Any = {
    "font.family": [fonts.FAMILY],
    "font.size": 10.5,
    "axes.unicode_minus": False,
    "axes.edgecolor": "#b9b5aa",
    "axes.linewidth": 0.8,
    "text.color": "#1f2530",
    "axes.labelcolor": "#1f2530",
    "xtick.color": "#667080",
    "ytick.color": "#b9b5aa",
    "ytick.labelcolor": "#1f2530",
    "svg.hashsalt": "zhengce",
    "svg.fonttype": "path",
}


class PlotError(UserError):
    """A picture that cannot be drawn: nothing to show, no matplotlib, a wrong ending, a character without a glyph."""


def kinds() -> tuple[str, ...]:
    """The names of the pictures."""
    return tuple(_makers())


def figure(graph: KnowledgeGraph, kind: str, **filters: object) -> "Figure":
    """Draw a picture: responsibility, timeline, amounts or goals; `filters` are those of the questions (instrument …).

    Raises PlotError where there is nothing to show or matplotlib is missing, FontError where no font has Chinese
    glyphs, ParameterError for a wrong filter.
    """
    makers = _makers()
    if kind not in makers:
        raise PlotError(f"There is no picture {kind!r}; there are: {', '.join(makers)}.")
    given = {name: value for name, value in filters.items() if value is not None}
    with _style():
        made = makers[kind](graph, given)
        # the texts of the axes come into being when they are drawn
        made.draw_without_rendering()
        lost = fonts.missing(_texts(made))
    if lost:
        raise PlotError(f"The font {fonts.chinese_font()[0]} has no glyph for {lost!r}. Install one that has.")
    return made


def plot(graph: KnowledgeGraph, kind: str, out: str | Path, **filters: object) -> int:
    """Draw a picture into a .png or .svg file and return its size in bytes. Raises as `figure` does, and OSError."""
    path = Path(out)
    if path.suffix.lower() not in SUFFIXES:
        raise PlotError(f"{path}: a picture is a file that ends in {' or '.join(SUFFIXES)}.")
    if path.is_dir():
        raise PlotError(f"{path} is a folder. Name a file with --out.")
    if not path.parent.is_dir():
        raise PlotError(f"{path.parent} is no folder. Make it, or draw into another with --out.")
    made = figure(graph, kind, **filters)
    save(made, path)
    return path.stat().st_size


def save(made: "Figure", path: Path) -> None:
    """Write a figure without date or version of the software; a PNG with as few colours as it needs."""
    with _style():
        if path.suffix.lower() == ".svg":
            made.savefig(path, metadata={"Date": None, "Creator": None})
            return
        drawn = io.BytesIO()
        made.savefig(drawn, format="png", dpi=DOTS)
    from PIL import Image

    with Image.open(drawn) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, format="png", optimize=True)


def _makers() -> dict[str, Callable[[KnowledgeGraph, dict[str, object]], "Figure"]]:
    try:
        from . import pictures
    except ImportError as error:
        raise PlotError(f"Pictures need {error.name}: pip install 'zhengce[plots]'.") from None
    return {
        "responsibility": pictures.responsibility,
        "timeline": pictures.timeline,
        "amounts": pictures.amounts,
        "goals": pictures.goals,
    }


@contextmanager
def _style() -> Iterator[None]:
    """The look of the pictures, for as long as one is drawn."""
    import matplotlib

    fonts.chinese_font()
    with matplotlib.rc_context(STYLE):
        yield


def _texts(made: "Figure") -> list[str]:
    """Every text of a figure."""
    from matplotlib.text import Text

    found: list[Any] = made.findobj(Text)
    return [text.get_text() for text in found if text.get_visible()]
