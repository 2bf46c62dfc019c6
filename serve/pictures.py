"""The four pictures. Sizes are inches; a margin is reckoned from the texts that stand in it, so that none overlap."""

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ..ontology.vocabulary import concepts, instrument_groups
from ..queries import KnowledgeGraph
from .plots import PlotError

INK, MUTED, LINE = "#1f2530", "#667080", "#e2dfd7"
RED, BLUE, AMBER, GREEN, VIOLET = "#a4262c", "#2563a8", "#b97a00", "#2f7d4f", "#7148a8"
# a Chinese character of 10.5 points, a Latin one, in inches
WIDE, NARROW = 0.148, 0.083
MOST_BODIES, MOST_DATES, MOST_PLACES, MOST_GOALS = 20, 32, 40, 3
ROLES = {"benefit": GREEN, "condition": AMBER, "goal": BLUE, "cost-share": VIOLET}
TIMES = {"period": BLUE, "from": GREEN, "deadline": RED, "point": VIOLET}
Filters = dict[str, object]


def responsibility(graph: KnowledgeGraph, filters: Filters) -> Figure:
    """Bodies by groups of instruments: how many measures of a group a body owns."""
    group_of = {code: group for group, codes in instrument_groups().items() for code in (group, *codes)}
    cells: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    rows = graph.query("measures", **filters).rows
    for row in rows:
        owners = set((row.owners or "").split("、")) - {""}
        totals.update(owners)
        used = {group_of[code] for code in row.instruments.split()}
        cells.update((owner, group) for owner in owners for group in used)
    if not totals:
        raise PlotError("No measure here has a responsible body. Give other filters.")
    bodies = sorted(totals, key=lambda body: (-totals[body], body))
    shown = bodies[:MOST_BODIES]
    groups = [group for group in instrument_groups() if any(cells[body, group] for body in shown)]
    words = {concept.code: concept.zh for concept in concepts("instrument")}
    labels = [_broken(words[group]) for group in groups]

    left = max(map(_width, shown)) + 0.25
    figure, axes = _canvas(left + 0.62 * len(groups) + 1.1, 0.31 * len(shown), left, 0.9, bottom=0.85)
    table = [[cells[body, group] for group in groups] for body in shown]
    most = max(map(max, table))
    shades = LinearSegmentedColormap.from_list("red", ["#fbf7f3", "#efc0b6", RED])
    axes.imshow(table, cmap=shades, aspect="auto", vmin=0, vmax=most)
    for y, line in enumerate(table):
        for x, count in enumerate(line):
            if count:
                axes.text(x, y, str(count), ha="center", va="center", size=9, color="w" if count > most * 0.72 else INK)
        axes.text(len(groups) - 0.35, y, str(totals[shown[y]]), ha="left", va="center", size=9.5, color=MUTED)
    axes.text(len(groups) - 0.35, -0.62, "计", ha="left", va="bottom", size=9.5, color=MUTED)
    axes.set_yticks(range(len(shown)), shown)
    axes.set_xticks(range(len(groups)), labels)
    axes.tick_params(length=0)
    axes.tick_params(axis="x", labelcolor=INK)
    axes.spines[:].set_visible(False)
    for x in range(len(groups) + 1):
        axes.axvline(x - 0.5, color="w", lw=2)
    for y in range(len(shown) + 1):
        axes.axhline(y - 0.5, color="w", lw=2)
    more = f"另有 {len(bodies) - len(shown)} 个单位 more bodies。" if len(bodies) > len(shown) else ""
    note = f"{more}一项措施可用几类工具、有几个责任单位；“计”为该单位的措施数。"
    _titles(figure, "责任单位与政策工具", "Measures by responsible body and group of instruments", rows, note)
    return figure


def timeline(graph: KnowledgeGraph, filters: Filters) -> Figure:
    """Deadlines and periods in the order of time, each with the sentence that states it."""
    rows = graph.query("timeline", **filters).rows
    dated = [(_day(row.start), _day(row.finish), row) for row in rows]
    once = [(start, finish, row) for start, finish, row in dated if start or finish]
    if not once:
        raise PlotError("There are no dates to show. Give other filters.")
    once.sort(key=lambda item: (item[0] or item[1], item[1] or item[0], item[2].document, item[2].begin))
    shown = once[:MOST_DATES]
    places, sentences = [_place(row) for _, _, row in shown], [_clip(row.measure, 22) for _, _, row in shown]
    spans = [_span_text(start, finish) for start, finish, _ in shown]

    column = max(map(_width, places)) + 0.2
    left, right = column + max(map(_width, sentences)) + 0.3, max(map(_width, spans)) + 0.35
    figure, axes = _canvas(left + 5.2 + right, 0.31 * len(shown), left, right, bottom=1.2)
    days = [_number(day) for start, finish, _ in shown for day in (start, finish) if day]
    room = max((max(days) - min(days)) * 0.04, 20)
    low, high = min(days) - room, max(days) + room
    for y, (start, finish, row) in enumerate(shown):
        colour = TIMES.get(row.role, VIOLET)
        if start and finish and start != finish:
            axes.barh(
                y, _number(finish) - _number(start) + 1, left=_number(start), height=0.5, color=colour, alpha=0.85
            )
        elif start and not finish:
            axes.plot([_number(start), high], [y, y], color=colour, lw=1.6, ls=(0, (4, 2)))
            axes.plot(_number(start), y, marker=">", color=colour, ms=8)
        elif day := finish or start:
            axes.plot(_number(day), y, marker="D", color=colour, ms=6.5)
        axes.text(1.015, y, spans[y], transform=axes.get_yaxis_transform(), va="center", size=9.5, color=MUTED)
    _rows(axes, [""] * len(shown))
    _column(figure, axes, 0.18, places, MUTED)
    _column(figure, axes, 0.18 + column, sentences, INK)
    axes.set_xlim(low, high)
    _date_axis(axes, high - low)
    words = {concept.code: f"{concept.zh} {concept.en}" for concept in concepts("temporal-role")}
    used = [role for role in TIMES if any(row.role == role for _, _, row in shown)]
    marks = {"period": "s", "from": ">", "deadline": "D", "point": "D"}
    _legend(figure, [(words[role], TIMES[role], marks[role]) for role in used])
    left_out = len(once) - len(shown), len(dated) - len(once)
    said = [
        f"另有 {left_out[0]} 项 more" if left_out[0] else "",
        f"每年重复的 {left_out[1]} 项未画 yearly, not shown" if left_out[1] else "",
    ]
    _titles(figure, "政策时间表", "Deadlines and periods", [row for _, _, row in shown], "；".join(filter(None, said)))
    return figure


def amounts(graph: KnowledgeGraph, filters: Filters) -> Figure:
    """Amounts of money by instrument on a scale of powers of ten: a dot for each, larger where several are equal."""
    instruments: dict[tuple[str, str], set[str]] = {}
    plain = {name: value for name, value in filters.items() if name not in ("kind", "role", "unit", "least", "most")}
    for row in graph.query("measures", **plain).rows:
        instruments.setdefault((row.document, row.measure), set()).update(row.instruments.split())
    rows = [
        row
        for row in graph.query("amounts", **{**filters, "kind": "money"}).rows
        if row.unit == "CNY" and (row.value or 0) > 0
    ]
    dots: Counter[tuple[str, str, float]] = Counter()
    for row in rows:
        dots.update(
            (code, row.role or "", float(row.value)) for code in instruments.get((row.document, row.measure), ())
        )
    if not dots:
        raise PlotError("There are no amounts of money in yuan to show. Give other filters.")
    counts: Counter[str] = Counter()
    for (code, _, _), count in dots.items():
        counts[code] += count
    words = {concept.code: f"{concept.zh} {concept.en}" for concept in concepts("instrument")}
    largest = {code: max(value for of, _, value in dots if of == code) for code in counts}
    order = sorted(counts, key=lambda code: (-largest[code], -counts[code], code))
    labels = [words[code] for code in order]
    ranges = [_range_text([value for of, _, value in dots if of == code], counts[code]) for code in order]

    left, right = max(map(_width, labels)) + 0.25, max(map(_width, ranges)) + 0.3
    figure, axes = _canvas(left + 5 + right, 0.38 * len(order), left, right, bottom=1.2)
    roles = [role for role in ROLES if any(of == role for _, of, _ in dots)]
    for (code, role, value), count in sorted(dots.items()):
        axes.scatter(
            value, order.index(code), s=34 + 26 * (count - 1), color=ROLES.get(role, MUTED), alpha=0.8, lw=0, zorder=3
        )
    for y, text in enumerate(ranges):
        axes.text(1.015, y, text, transform=axes.get_yaxis_transform(), va="center", size=9.5, color=MUTED)
    _rows(axes, labels)
    _money_axis(axes, [value for _, _, value in dots])
    said = {concept.code: f"{concept.zh} {concept.en}" for concept in concepts("quantity-role")}
    _legend(figure, [(said[role], ROLES[role], "o") for role in roles])
    _titles(
        figure,
        "各类政策工具的金额",
        "Amounts of money by instrument, yuan, logarithmic scale",
        rows,
        "点大者为几个相同的金额；右为范围与个数。",
    )
    return figure


def goals(graph: KnowledgeGraph, filters: Filters) -> Figure:
    """Goals that are broken down by place: one panel for each sentence that does so, the places by size."""
    panels: dict[tuple[str, str, str], list[Any]] = {}
    for row in graph.query("goals", **filters).rows:
        panels.setdefault((row.document, row.measure, row.unit or ""), []).append(row)
    ranked = sorted(panels.items(), key=lambda item: (-len(item[1]), item[0]))
    shown = ranked[:MOST_GOALS]
    if not shown:
        raise PlotError("No goal here is broken down by place. Give other filters.")
    rows = [row for _, of in shown for row in of]
    left = max(_width(row.place) for row in rows) + 0.25
    sizes = [min(len(of), MOST_PLACES) for _, of in shown]
    figure, first = _canvas(left + 5.6 + 0.9, 0.29 * sum(sizes) + 0.55 * (len(shown) - 1), left, 0.9, bottom=0.6)
    for axes, (_, of) in zip(_stacked(figure, first, sizes), shown, strict=True):
        of = sorted(of, key=lambda row: (-float(row.value), row.code))[:MOST_PLACES]
        values = [float(row.value) for row in of]
        axes.barh(range(len(of)), values, height=0.62, color=BLUE, alpha=0.85)
        for y, row in enumerate(of):
            sign = {"min": "≥ ", "max": "≤ "}.get(row.bound, "")
            axes.text(values[y] + max(values) * 0.012, y, f"{sign}{row.value:g}", va="center", size=9.5, color=MUTED)
        _rows(axes, [row.place for row in of])
        axes.grid(visible=False)
        axes.set_xlim(0, max(values) * 1.1)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        total = f"{len(of)} 地合计 {sum(values):g} {of[0].unit or ''}"
        axes.set_title(f"{_clip(_said(of[0].measure), 34)}　{total}", loc="left", size=9.5, color=MUTED, pad=4)
    more = f"另有 {len(ranked) - len(shown)} 组目标 more goals。" if len(ranked) > len(shown) else ""
    _titles(figure, "各地目标", "Goals by place", rows, more)
    return figure


# ---- what the pictures share ----


def _canvas(width: float, height: float, left: float, right: float, bottom: float) -> tuple[Figure, Axes]:
    """A figure whose drawing area is `height` inches high, with room for titles above and notes below."""
    top, height = 0.95, max(height, 0.8)
    width = max(width, 7.2)
    figure = Figure(figsize=(width, top + height + bottom), facecolor="w")
    total = top + height + bottom
    axes = figure.add_axes((left / width, bottom / total, (width - left - right) / width, height / total))
    return figure, axes


def _stacked(figure: Figure, first: Axes, sizes: Sequence[int]) -> list[Axes]:
    """The drawing area cut into panels whose heights are as their rows."""
    box = first.get_position()
    first.remove()
    gap = 0.55 / figure.get_figheight()
    unit = (box.height - gap * (len(sizes) - 1)) / sum(sizes)
    made, top = [], box.y1
    for size in sizes:
        made.append(figure.add_axes((box.x0, top - unit * size, box.width, unit * size)))
        top -= unit * size + gap
    return made


def _titles(figure: Figure, zh: str, en: str, rows: Sequence[Any], note: str) -> None:
    """Title, subtitle, note, and the documents that the picture is made from."""
    height = figure.get_figheight()
    x = 0.18 / figure.get_figwidth()
    figure.text(x, 1 - 0.16 / height, zh, size=16, va="top", color=INK)
    figure.text(x, 1 - 0.50 / height, en, size=10, va="top", color=MUTED)
    documents = list(dict.fromkeys(row.document for row in rows))
    named = "、".join(_clip(name, 24) for name in documents[:2]) + (
        f" 等 {len(documents)} 份文件" if len(documents) > 2 else ""
    )
    if note:
        figure.text(x, 0.30 / height, note, size=8.5, va="bottom", color=MUTED)
    figure.text(x, 0.10 / height, f"来源 source：{named}；zhengce", size=8.5, va="bottom", color=MUTED)


def _legend(figure: Figure, entries: Sequence[tuple[str, str, str]]) -> None:
    handles = [Line2D([], [], color=colour, marker=marker, ls="", ms=7, label=text) for text, colour, marker in entries]
    at = (0.10 / figure.get_figwidth(), 0.47 / figure.get_figheight())
    figure.legend(
        handles=handles, loc="lower left", bbox_to_anchor=at, ncols=len(entries), frameon=False, fontsize=9.5,
        handletextpad=0.2, columnspacing=1.6, borderpad=0.1,
    )  # fmt: skip


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    """Labelled rows from top to bottom, with a faint line for each."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=LINE, lw=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _column(figure: Figure, axes: Axes, inches: float, texts: Sequence[str], colour: str) -> None:
    """A text in each row, so many inches from the left edge of the figure."""
    box = axes.get_position()
    x = (inches / figure.get_figwidth() - box.x0) / box.width
    for y, text in enumerate(texts):
        axes.text(x, y, text, transform=axes.get_yaxis_transform(), ha="left", va="center", color=colour)


def _date_axis(axes: Axes, days: float) -> None:
    """Months for a year or so, years for longer; never more than a dozen labels."""
    # the library's classes for dates have no types
    library: Any = dates
    if days > 900:
        axes.xaxis.set_major_locator(library.YearLocator(max(1, math.ceil(days / 365 / 10))))
        axes.xaxis.set_major_formatter(library.DateFormatter("%Y"))
    else:
        axes.xaxis.set_major_locator(library.MonthLocator(interval=max(1, math.ceil(days / 30 / 7))))
        axes.xaxis.set_major_formatter(library.DateFormatter("%Y-%m"))
    axes.grid(axis="x", color=LINE, lw=0.6)
    axes.tick_params(axis="x", labelsize=9.5)


def _money_axis(axes: Axes, values: Sequence[float]) -> None:
    low, high = math.floor(math.log10(min(values)) - 0.15), math.ceil(math.log10(max(values)) + 0.15)
    axes.set_xscale("log")
    axes.set_xlim(10**low, 10**high)
    step = max(1, math.ceil((high - low) / 8))
    ticks = [10**power for power in range(low, high + 1, step)]
    axes.set_xticks(ticks, [money(tick) for tick in ticks])
    axes.xaxis.minorticks_off()
    axes.grid(axis="x", color=LINE, lw=0.6)
    axes.tick_params(axis="x", labelsize=9.5)


def money(value: float) -> str:
    """Yuan as they are read: 5000元, 15万元, 200亿元."""
    for size, unit in ((1e8, "亿元"), (1e4, "万元")):
        if value >= size:
            return f"{value / size:,.10g}{unit}"
    return f"{value:,.10g}元"


def _range_text(values: Sequence[float], count: int) -> str:
    low, high = min(values), max(values)
    return f"{money(low)}（{count}）" if low == high else f"{money(low)} – {money(high)}（{count}）"


def _span_text(start: date | None, finish: date | None) -> str:
    if start and finish and start != finish:
        return f"{start} – {finish}"
    return f"{start} 起" if start and not finish else f"{finish or start}"


def _day(text: str | None) -> date | None:
    """An ISO day; a day of every year (--01-31) is none."""
    return date.fromisoformat(text) if text and not text.startswith("--") else None


def _number(day: date) -> float:
    """A day as matplotlib counts them, from 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def _place(row: Any) -> str:
    return " ".join(filter(None, (row.part if row.part != "正文" else "", row.provision))) or row.part


def _said(measure: str) -> str:
    """What a sentence says before it lists places: its last clause before the colon."""
    before = measure.partition("：")[0]
    return before.rpartition("，")[2] or measure


def _clip(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _broken(text: str) -> str:
    """A label of more than three characters in two lines."""
    half = math.ceil(len(text) / 2)
    return text if len(text) <= 3 else f"{text[:half]}\n{text[half:]}"


def _width(text: str) -> float:
    """About how many inches a text is wide."""
    return sum(NARROW if c < "\u2000" else WIDE for c in text)
