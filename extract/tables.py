"""Tables of amounts → measures: a row says what its column headings, its own heading and its cells say together.

“奖补标准（万元）” over “50” in the row “一等奖” is 500,000 yuan for the case 一等奖. A row becomes a measure only where
it holds an amount; lists of names make none. Cells that are sentences stay in the text and are read as such.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .finders.modality import find_modality
from .finders.quantities import FoundQuantity, find_quantities
from .finders.settling import find_instruments
from .finders.targets import find_targets
from .layout import clean
from .measures import Context
from .outline import Outline
from .records import Cue, Measure, Quantity, Source, Span, Table, Target
from .region import find_place

RULE = "table-row"
# a cell that is prose: a sentence; it is read with the text around the table
PROSE = re.compile(r"[^。]{14,}。")
# columns whose numbers are names, not amounts
NO_AMOUNT = re.compile(
    r"序号|编号|代码|代号|电话|手机|传真|邮编|邮箱|地址|网址|联系|备注|日期|时间|年度$|^年份?$|附件|页码|文号|账号|身份证|排名|名次|版本"
)
# headings that say what their numbers are for; else the words around decide as in a sentence
GOAL = re.compile(r"目标|任务|指标|计划|预期|拟|名额|力争|新增")
CONDITION = re.compile(r"条件|门槛|要求|营业收入|营收|产值|规模|投资额|投入|销售额|纳税|年龄|面积|注册资本")
BENEFIT = re.compile(r"奖|补|资助|扶持|支持|减免|额度|标准|贴息|优惠|返还|津贴|待遇")
COUNTED = re.compile(r"目标|任务|指标|计划|名额|数量|数$|数（|个数|家数|人数|户数|新增|完成|建设|培育")
# 合计 repeats what the other rows say
TOTAL = re.compile(r"(?:合|总|小|累|共)计|总数|全省|全市|全县")
# the unit that a heading, or the line above the table, gives its numbers: 奖补标准（万元/家）, 单位：万元
UNIT = re.compile(
    r"[（(\[](?:单位[：:]?)?([^（）()\[\]，。]{1,8})[）)\]]|单位[：:]([^（）()，。\s]{1,8})|[/／]([万亿]?元|%|家|户|人|个|亩)$"
)
UNIT_WORD = re.compile(
    r"(?:[千百十]?[万亿]?(?:元|美元|欧元|港元|人民币)|%|[万亿]?(?:家|户|人|个|名|项|件|亩|吨|台|辆|张|笔|平方米|公里|千瓦|人次|批次|场|次|座|套|间|床|岗位?|年|个月|月|天|日))(?:/.{1,4})?"
)
CAPTION_UNIT = re.compile(r"(?:金额)?单位[：:]\s*([千百]?[万亿]?(?:元|美元)|%|家|户|人|个|亩)")
UNIT_LINE = re.compile(r"(?:^|\n)([^\S\n]*[（(]?(?:金额)?单位[：:][^\n。]{1,12}\n\s*)\Z")
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
BARE = re.compile(
    rf"((?:不超过|不低于|最高|最低|至少|约|≤|≥|<|>|＜|＞)?)({NUMBER}(?:[-—~～至]{NUMBER})?)(以内|以上|以下|左右)?"
)
SIGNS = {"≤": "不超过", "≥": "不低于", "<": "低于", "＜": "低于", ">": "超过", "＞": "超过"}
MONEY = frozenset({"money", "percent", "ratio", "fraction", "multiple"})
CAPTION_REACH = 60
MAX_LABEL = 40


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """The clean text of a cell and the source offset of each of its characters."""

    text: str
    origin: Sequence[int]
    span: Span


@dataclass(frozen=True)
class _Row:
    """A body row: its cells by column (None: empty), its line in the source."""

    cells: tuple[_Cell | None, ...]
    span: Span


class _Grid:
    """A table with its headings."""

    def __init__(self, source: Source, table: Table) -> None:
        self.source = source
        self.table = table
        self._cells: dict[Span, _Cell] = {}
        headings = table.headings if len(table.rows) > table.headings else 0
        self.columns = max(map(len, table.rows), default=0)
        self.head = table.rows[:headings]
        # rows of one cell head no column: the title of the table, its unit
        self.titles = [row[0] for row in self.head if row and row[0] and self.columns > 1 and set(row) == {row[0]}]
        self.headings = [self._heading(n) for n in range(self.columns)]

    def cell(self, span: Span | None) -> _Cell | None:
        """The clean text of a cell; None for an empty one."""
        if span is None:
            return None
        if span not in self._cells:
            found = clean(self.source.quote(span))
            origin = [span.begin + at for at in found.origin]
            self._cells[span] = _Cell(found.text, origin, span)
        return self._cells[span] if self._cells[span].text else None

    def _heading(self, n: int) -> tuple[_Cell, ...]:
        """The cells that head a column, from above."""
        found = (self.cell(row[n]) for row in self.head if n < len(row) and row[n] not in self.titles)
        return tuple(dict.fromkeys(cell for cell in found if cell))

    def rows(self) -> Iterator[_Row]:
        """The rows below the headings that hold more than a total."""
        at = self.table.span.begin
        for n, (row, line) in enumerate(zip(self.table.rows, self._lines(), strict=False)):
            begin, at = at, at + len(line)
            if n < len(self.head) or not line.strip():
                continue
            left = begin + len(line) - len(line.lstrip())
            cells = tuple(self.cell(span) for span in row)
            yield _Row(cells, Span(left, begin + len(line.rstrip())))

    def _lines(self) -> list[str]:
        return self.source.quote(self.table.span).splitlines(keepends=True)

    @cached_property
    def caption_unit(self) -> str | None:
        """The unit that the line above the table, or a row at its top, gives all its numbers."""
        begin = self.table.span.begin
        end = max((span.end for span in self.titles if span), default=begin)
        above = self.source.text[max(0, begin - CAPTION_REACH) : end]
        match = CAPTION_UNIT.search(above)
        return match[1] if match else None

    @cached_property
    def columns_below(self) -> Counter[_Cell]:
        """How many columns each cell of the first row heads."""
        return Counter(own[0] for own in self.headings if own)

    @cached_property
    def rows_beside(self) -> Counter[Span]:
        """How many rows each cell reaches over."""
        return Counter(span for row in self.table.rows for span in set(row) if span)

    @cached_property
    def serial(self) -> frozenset[int]:
        """The columns that number the rows, and others whose numbers are names."""
        return frozenset(n for n in range(self.columns) if NO_AMOUNT.search(self.name(n)))

    def name(self, column: int) -> str:
        """The words that head a column."""
        return "".join(cell.text for cell in self.headings[column]) if column < len(self.headings) else ""


def prose_apart(source: Source) -> list[Span]:
    """What of the tables is no text to be read in its order: all but the cells that are sentences."""
    apart: list[Span] = []
    for table in source.tables:
        at = table.span.begin
        if unit := UNIT_LINE.search(source.text, max(0, at - CAPTION_REACH), at):
            at = unit.start(1)
        spans = sorted({span for row in table.rows for span in row if span})
        for span in spans:
            if PROSE.match(source.text, span.begin, span.end):
                if at < span.begin:
                    apart.append(Span(at, span.begin))
                at = max(at, span.end)
        if at < table.span.end:
            apart.append(Span(at, table.span.end))
    return apart


def table_measures(found: Outline, context: Context, source: Source, tables: Sequence[Table]) -> Iterator[Measure]:
    """The measures of the rows of tables, each in the provision that stands before its table."""
    parts = [n for n, part in enumerate(found.parts) if n == 0 or part.title]
    part_begins = [found.parts[n].begin for n in parts]
    item_begins = [item.begin for item in found.items]
    for table in tables:
        grid = _Grid(source, table)
        at = bisect_left(found.clean.origin, table.span.begin)
        part = parts[max(0, bisect_right(part_begins, at) - 1)]
        before = bisect_left(item_begins, at) - 1
        item = before if before >= 0 and found.items[before].part == part else None
        title = _title(found, item)
        for row in grid.rows():
            if measure := _RowReader(grid, row, context).read(part, item, title):
                yield measure


def _title(found: Outline, item: int | None) -> str:
    while item is not None:
        if title := found.items[item].title:
            return found.clean.text[slice(*title)]
        item = found.items[item].parent
    return ""


class _RowReader:
    """Reads one row as a sentence made of headings and cells."""

    def __init__(self, grid: _Grid, row: _Row, context: Context) -> None:
        self.grid = grid
        self.row = row
        self.context = context
        self.label = self._label()

    def _label(self) -> _Cell | None:
        """The row's own heading: its first cell that is neither a number nor numbers the row."""
        for n, cell in enumerate(self.row.cells):
            if cell and n not in self.grid.serial and not BARE.fullmatch(cell.text) and not re.match(r"\d", cell.text):
                return cell if len(cell.text) <= MAX_LABEL else None
        return None

    def read(self, part: int, item: int | None, title: str) -> Measure | None:
        """The measure of the row; None where it holds no amount."""
        if self.label and TOTAL.fullmatch(self.label.text):
            return None
        quantities = tuple(self._quantities())
        if not quantities:
            return None
        text, origin = self._sentence()
        return Measure(
            span=self.row.span,
            text=text,
            part=part,
            provision=item,
            instruments=tuple(
                Cue(cue.code, self._span(origin, cue.begin, cue.end), cue.rule) for cue in find_instruments(text, title)
            ),
            modality=tuple(
                Cue(cue.code, self._span(origin, cue.begin, cue.end), cue.rule) for cue in find_modality(text)
            ),
            rule=RULE,
            targets=tuple(
                Target(self._span(origin, t.begin, t.end), t.concept, t.rule) for t in find_targets(text, title)
            ),
            quantities=quantities,
        )

    def _sentence(self) -> tuple[str, list[int]]:
        """Headings and cells as one text, with the source offset of each character (-1: put between them)."""
        text, origin = "", []
        seen: set[Span] = set()
        for n, cell in enumerate(self.row.cells):
            if cell is None or cell.span in seen or n in self.grid.serial:
                continue
            seen.add(cell.span)
            for piece in (*self.grid.headings[n], cell):
                if text:
                    mark = "：" if piece is cell and self.grid.headings[n] else "；" if piece is not cell else "，"
                    mark = "" if piece in self.grid.headings[n][1:] else mark
                    text += mark
                    origin += [-1] * len(mark)
                text += piece.text
                origin += piece.origin
        return text, origin

    def _span(self, origin: Sequence[int], begin: int, end: int) -> Span:
        """The source span of offsets of the sentence; the row where they are not side by side in the source."""
        places = origin[begin:end]
        if not places or -1 in places or places != sorted(places) or places[-1] - places[0] > 2 * len(places):
            return self.row.span
        return Span(places[0], places[-1] + 1)

    def _quantities(self) -> Iterator[Quantity]:
        seen: set[Span] = set()
        for n, cell in enumerate(self.row.cells):
            if cell is None or cell is self.label or cell.span in seen or n in self.grid.serial:
                continue
            seen.add(cell.span)
            if not PROSE.match(cell.text):
                yield from self._of_cell(n, cell)

    def _of_cell(self, column: int, cell: _Cell) -> Iterator[Quantity]:
        """The quantities of one cell: the heading stands before it as in a sentence."""
        heading = self.grid.name(column)
        words = _words(heading)
        sentence, shift, size = words + cell.text, len(words), len(cell.text)
        if bare := BARE.fullmatch(cell.text):
            unit = _unit(heading) or self.grid.caption_unit
            if unit is None:
                return
            lead = SIGNS.get(bare[1], bare[1])
            sentence = f"{words}{lead}{bare[2]}{unit}{bare[3] or ''}"
            shift += len(lead) - len(bare[1])
            size = bare.end(2)
        for found in find_quantities(sentence):
            begin, end = found.begin - shift, min(found.end - shift, size)
            if 0 <= begin < end and self._wanted(found, heading, bool(bare)):
                span = Span(cell.origin[begin], cell.origin[end - 1] + 1)
                yield self._quantity(found, span, heading, column)

    def _wanted(self, found: FoundQuantity, heading: str, bare: bool) -> bool:
        """Is a number an amount? Money and shares are; things are where the heading counts them."""
        return found.kind in MONEY or bool(COUNTED.search(heading)) or (bare and bool(GOAL.search(heading)))

    def _quantity(self, found: FoundQuantity, span: Span, heading: str, column: int) -> Quantity:
        quantity = Quantity(
            span=span,
            kind=found.kind,
            value=found.value,
            unit=found.unit,
            bound=found.bound,
            role=_role(heading, found),
            rule=f"table-{found.rule}",
            inclusive=found.inclusive,
            per=found.per,
            applies_to=found.applies_to,
            place=found.place,
            basis=found.basis,
        )
        if self.label is None:
            return quantity
        if find_place(self.label.text):
            return replace(quantity, place=self.label.text)
        return replace(quantity, applies_to=self._case(column))

    def _case(self, column: int) -> str:
        """The row's heading; with the column's last heading where several columns share a first one."""
        assert self.label is not None
        own = self.grid.headings[column] if column < len(self.grid.headings) else ()
        shared = len(own) > 1 and self.grid.columns_below[own[0]] > 1
        return "，".join([*self._names(self.label), *([_words(own[-1].text)] if shared else [])])

    def _names(self, label: _Cell) -> Iterator[str]:
        """The row's heading; where that heads several rows, with the words beside it that tell them apart."""
        yield label.text
        if self.grid.rows_beside[label.span] > 1:
            others = (cell for cell in self.row.cells if cell and cell.span.begin > label.span.begin)
            cell = next(others, None)
            if cell and len(cell.text) <= MAX_LABEL and not re.search(r"\d", cell.text):
                yield cell.text


def _words(heading: str) -> str:
    """A heading without the unit that it gives."""
    return UNIT.sub("", heading).rstrip("：:")


def _unit(heading: str) -> str | None:
    """The unit that a heading gives the numbers below it."""
    for match in UNIT.finditer(heading):
        word = next(group for group in match.groups() if group)
        if UNIT_WORD.fullmatch(word):
            return word
    return None


def _role(heading: str, found: FoundQuantity) -> str:
    """The role that a heading gives its numbers; else the one that the words around them give."""
    for pattern, role in ((GOAL, "goal"), (BENEFIT, "benefit"), (CONDITION, "condition")):
        if pattern.search(heading):
            return role
    return found.role
