"""The pictures: every character has a glyph, no text lies on another, and they say what the questions answer."""

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import zhengce
from conftest import NOTICE, ROOT
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image, ImageChops
from zhengce.queries import KnowledgeGraph, ParameterError
from zhengce.serve import fonts, plots
from zhengce.serve.pictures import money

KINDS = plots.kinds()
IMAGES = ROOT / "docs" / "images"


def texts(figure: Figure) -> list[Text]:
    """The texts that are drawn."""
    found = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    return [text for text in found if text.get_visible() and text.get_text().strip() and text.figure is not None]


def drawn(figure: Figure) -> list[tuple[str, Any]]:
    """Each text with its box in pixels, after drawing; ticks outside the axis are not drawn and have none."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in texts(figure)]
    width, height = canvas.get_width_height()
    shown = {}
    for said, box in boxes:
        shown[said, round(box.x0), round(box.y0)] = box
        assert min(box.x0, box.y0, width - box.x1, height - box.y1) >= -1, f"{said} is cut off"
    return [(key[0], box) for key, box in shown.items()]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    found = []
    for (one, a), (other, b) in combinations(drawn(figure), 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1:
            found.append((one, other))
    return found


@pytest.fixture(scope="module")
def figures(henan_graph: KnowledgeGraph) -> dict[str, Figure]:
    return {kind: plots.figure(henan_graph, kind) for kind in KINDS}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Notices with longer names, more dates and other goals than the example has."""
    folder = tmp_path_factory.mktemp("many")
    text = NOTICE.read_text(encoding="utf-8")
    goals = "2023年新增企业目标为：郑州30家、开封20家、洛阳10家。" * 2
    for n in range(14):
        said = f"2023年{n % 12 + 1}月底前，每户补贴{n + 1}万元，最高{n + 1}亿元，新设奖励{n * 7 + 3}元。{goals}"
        named = text.replace("8号", f"{n + 10}号").replace("免收租金。", f"免收租金。{said}")
        named = named.replace("财政局，", f"财政局，第{n}临川市新型工业化与数字经济融合发展领导小组办公室，")
        (folder / f"{n}.txt").write_text(named, encoding="utf-8")
    return zhengce.build(folder)


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_lies_on_another(figures: dict[str, Figure], kind: str) -> None:
    assert len(drawn(figures[kind])) > 15
    assert overlapping(figures[kind]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nor_with_many_documents(many: KnowledgeGraph, kind: str) -> None:
    assert overlapping(plots.figure(many, kind)) == []


def test_the_check_of_overlaps_can_fail() -> None:
    figure = Figure()
    figure.text(0.1, 0.5, "one text")
    figure.text(0.12, 0.5, "another")
    assert overlapping(figure) == [("one text", "another")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_character_has_a_glyph(figures: dict[str, Figure], kind: str, tmp_path: Path) -> None:
    # matplotlib warns of a missing glyph, and a warning is an error here
    plots.save(figures[kind], tmp_path / "p.png")
    plots.save(figures[kind], tmp_path / "p.svg")
    said = [text.get_text() for text in texts(figures[kind])]
    assert fonts.missing(said) == ""
    assert fonts.missing(["\U0010ffff"]) == "\U0010ffff"
    assert {text.get_fontname() for text in texts(figures[kind])} == {"Noto Sans CJK SC"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", plots.SUFFIXES)
def test_the_same_graph_gives_the_same_bytes(
    henan_graph: KnowledgeGraph, kind: str, suffix: str, tmp_path: Path
) -> None:
    plots.plot(henan_graph, kind, tmp_path / f"a{suffix}")
    plots.plot(henan_graph, kind, tmp_path / f"b{suffix}")
    made = (tmp_path / f"a{suffix}").read_bytes()
    assert made == (tmp_path / f"b{suffix}").read_bytes()
    assert not re.search(rb"<dc:date>|tIME|Software", made)


def test_responsibility_counts_measures(figures: dict[str, Figure], henan_graph: KnowledgeGraph) -> None:
    said = [text.get_text() for text in texts(figures["responsibility"])]
    owned = len(henan_graph.measures(agency="河南省财政厅"))
    assert "河南省财政厅" in said
    assert said.count(str(owned)) >= 1
    assert str(len(henan_graph.measures(agency="河南省财政厅", instrument="finance"))) in said


def test_the_timeline_shows_every_dated_row(figures: dict[str, Figure], henan_graph: KnowledgeGraph) -> None:
    said = [text.get_text() for text in texts(figures["timeline"])]
    rows = henan_graph.timeline().rows
    once = [row for row in rows if not (row.start or row.finish).startswith("--")]
    assert sum(bool(re.match(r"20\d\d-\d\d-\d\d", text)) for text in said) == len(once) == 22
    assert "2022-02-16 – 2022-05-31" in said
    assert "2021-07-01 起" in said
    assert any(f"每年重复的 {len(rows) - len(once)} 项未画" in text for text in said)


def test_amounts_are_those_of_the_question(figures: dict[str, Figure]) -> None:
    said = [text.get_text() for text in texts(figures["amounts"])]
    assert "奖励 award" in said
    assert "10万元 – 500万元（6）" in said
    assert "30万元 – 200亿元（3）" in said


def test_goals_are_those_of_the_question(figures: dict[str, Figure], henan_graph: KnowledgeGraph) -> None:
    said = [text.get_text() for text in texts(figures["goals"])]
    rows = henan_graph.goals().rows
    assert {row.place for row in rows} <= set(said)
    assert any(f"18 地合计 {sum(row.value for row in rows)} 家" in text for text in said)


@pytest.mark.parametrize(
    ("value", "said"), [(50, "50元"), (5000, "5,000元"), (150000, "15万元"), (12345, "1.2345万元"), (2e10, "200亿元")]
)
def test_money_is_said_as_it_is_read(value: float, said: str) -> None:
    assert money(value) == said


def test_filters_are_those_of_the_questions(henan_graph: KnowledgeGraph) -> None:
    said = [text.get_text() for text in texts(plots.figure(henan_graph, "responsibility", instrument="rent-relief"))]
    assert "河南省体育局" not in said
    assert "河南省自然资源厅" in said
    with pytest.raises(ParameterError):
        plots.figure(henan_graph, "amounts", instrument="no-such-instrument")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_show_says_so(henan_graph: KnowledgeGraph, kind: str) -> None:
    with pytest.raises(plots.PlotError, match="other filters"):
        plots.figure(henan_graph, kind, document="国发〔1999〕1号")


def test_errors_name_the_cure(henan_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(plots.PlotError, match=r"no-folder is no folder\. Make it"):
        plots.plot(henan_graph, "amounts", tmp_path / "no-folder" / "a.png")
    (tmp_path / "d.png").mkdir()
    with pytest.raises(plots.PlotError, match=r"d\.png is a folder\. Name a file"):
        plots.plot(henan_graph, "amounts", tmp_path / "d.png")
    with pytest.raises(plots.PlotError, match=r"\.png or \.svg"):
        plots.plot(henan_graph, "amounts", tmp_path / "a.jpg")
    with pytest.raises(plots.PlotError, match="responsibility, timeline, amounts, goals"):
        plots.figure(henan_graph, "pie")
    fonts.chinese_font.cache_clear()
    monkeypatch.setattr(fonts, "_bundled", lambda: None)
    monkeypatch.setattr(fonts, "_system", lambda: None)
    try:
        with pytest.raises(fonts.FontError, match="fonts-noto-cjk"):
            plots.figure(henan_graph, "amounts")
    finally:
        fonts.chinese_font.cache_clear()


def test_a_font_of_the_system_does_as_well(tmp_path: Path) -> None:
    code = (
        "import zhengce\n"
        "from zhengce.serve import fonts, plot\n"
        "fonts._bundled = lambda: None\n"
        "if fonts._system() is None: raise SystemExit('none')\n"
        f"print(plot(zhengce.build({str(NOTICE)!r}), 'responsibility', 'p.png'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    if done.stderr == "none\n":
        pytest.skip("this machine has no Chinese font (Debian: apt-get install fonts-noto-cjk)")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5000


def test_without_matplotlib_the_extra_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from zhengce.serve.plots import PlotError, figure\n"
        "try: figure(None, 'amounts')\n"
        "except PlotError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert "pip install 'zhengce[plots]'" in done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_the_pictures_of_the_documentation_are_up_to_date(
    figures: dict[str, Figure], kind: str, tmp_path: Path
) -> None:
    kept = IMAGES / f"{kind}.png"
    if os.environ.get("ZHENGCE_WRITE_DOCS"):
        plots.save(figures[kind], kept)
    plots.save(figures[kind], tmp_path / "now.png")
    assert kept.stat().st_size <= 200_000
    with Image.open(kept) as before, Image.open(tmp_path / "now.png") as now:
        assert before.size == now.size
        # another build of the font library may round a pixel otherwise; another digit darkens or lightens a whole tile
        difference = ImageChops.difference(before.convert("L"), now.convert("L"))
        assert difference.reduce(16).getextrema()[1] < 10
