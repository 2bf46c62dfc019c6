"""A font with Chinese glyphs for pictures: the one of the extra `plots`, else one that the system has."""

from collections.abc import Iterable
from functools import cache

from ..extract.errors import UserError

FAMILY = "zhengce CJK"
# names that mean Simplified Chinese shapes, in the order of preference; a system has one of them or none
SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "SimHei",
    "SimSun",
)
BUNDLED_FACE = "Noto Sans CJK SC"
CURE = "pip install 'zhengce[plots]', or install a Chinese font (Debian: apt-get install fonts-noto-cjk)."


class FontError(UserError):
    """No font can write the Chinese text of a picture; the message says how to get one."""


@cache
def chinese_font() -> tuple[str, int]:
    """The file of a font and the face in it; makes it known to matplotlib as FAMILY. Raises FontError."""
    try:
        from matplotlib.font_manager import FontEntry, fontManager
    except ImportError:
        raise FontError(f"Pictures need matplotlib. {CURE}") from None
    found = _bundled() or _system()
    if found is None:
        raise FontError(f"There is no font with Chinese characters for the picture. {CURE}")
    path, face = found
    # under a name of its own, or another face of the same family could be taken for it
    fontManager.ttflist.append(FontEntry(fname=path, index=face, name=FAMILY))
    return found


def chinese_family() -> str:
    """The name by which matplotlib knows the font of the pictures, for pictures of your own. Raises FontError."""
    chinese_font()
    return FAMILY


def _bundled() -> tuple[str, int] | None:
    try:
        from noto_cjk_sans_otc import FONT_PATH
    except ImportError:
        return None
    from fontTools.ttLib import TTCollection

    with TTCollection(str(FONT_PATH), lazy=True) as collection:
        names = [font["name"].getDebugName(1) for font in collection.fonts]
    return str(FONT_PATH), names.index(BUNDLED_FACE)


def _system() -> tuple[str, int] | None:
    from matplotlib.font_manager import fontManager

    regular = [entry for entry in fontManager.ttflist if entry.style == "normal" and entry.weight in (400, "normal")]
    for family in SYSTEM_FAMILIES:
        for entry in sorted(regular, key=lambda entry: (entry.fname, entry.index)):
            if entry.name == family:
                return entry.fname, entry.index
    return None


@cache
def _glyphs(path: str, face: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=face, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(texts: Iterable[str]) -> str:
    """The characters that the font has no glyph for, sorted; white space needs none."""
    glyphs = _glyphs(*chinese_font())
    return "".join(sorted({c for text in texts for c in text if not c.isspace() and ord(c) not in glyphs}))
