"""Files that an office program wrote: automatic numbers, merged cells, a note, a text box, a deletion, running heads.

`tests/office/policy.fodt` is the document; LibreOffice 7.4 made the others of it (`soffice --convert-to doc`). It
prints tracked deletions in web pages, so the page was made without the one.
"""

from pathlib import Path

import pytest
from formats import facts
from zhengce.extract.pipeline import extract
from zhengce.extract.readers import read

FOLDER = Path(__file__).parent / "office"
NUMBERED = ["一、支持企业技术改造", "（一）加大技改奖补", "（二）支持绿色制造", "二、培育优质企业", "三、附则"]
CELLS = [
    ["企业类别", "奖励标准（万元）", "奖励标准（万元）", "备注"],
    ["企业类别", "首次认定", "复核通过", "备注"],
    ["国家级", "100", "30", ""],
    ["省级", "50", "10", "不重复享受"],
]


@pytest.mark.parametrize("form", ["doc", "docx", "html"])
def test_numbers_tables_notes_and_boxes_are_read(form: str) -> None:
    source = read(FOLDER / f"policy.{form}")
    lines = [line.strip() for line in source.text.splitlines()]
    assert [line for line in lines if line in NUMBERED] == NUMBERED
    assert "2.对首次纳入规模以上的工业企业给予20万元奖励。" in lines
    assert "对投资500万元以上的技改项目，按设备投资额的10%给予补助，最高不超过300万元。" in lines
    assert "设备投资额不含增值税。" in lines
    (table,) = source.tables
    assert [[source.quote(cell) if cell else "" for cell in row] for row in table.rows] == CELLS
    assert table.headings == 2
    for dropped in ("已经删去", "某某市人民政府文件", "— "):
        assert dropped not in source.text


def test_the_old_and_the_new_word_file_say_the_same() -> None:
    old, new = (extract(FOLDER / f"policy.{form}") for form in ("doc", "docx"))
    assert facts(old) == facts(new)
    page = extract(FOLDER / "policy.html")
    assert [m.text for m in page.measures] == [m.text for m in new.measures]
    assert [p.label for p in new.provisions][-2:] == ["第一条", "第二条"]
    rows = [measure for measure in new.measures if measure.rule == "table-row"]
    assert [[(int(q.value), q.applies_to) for q in row.quantities] for row in rows] == [
        [(1_000_000, "国家级，首次认定"), (300_000, "国家级，复核通过")],
        [(500_000, "省级，首次认定"), (100_000, "省级，复核通过")],
    ]
