"""Damaged bytes of each format give a source or an error that names the cure, and no crash, hang or growth.

The mutations are made from their number, so a failure names what is needed to see it again: `mutated(form, number)`.
They run in a process of their own, since a library in C may crash, with a limit to its memory.
"""

import base64
import csv
import json
import os
import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from copy import deepcopy
from functools import cache
from io import BytesIO, StringIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))  # the process of its own is started without pytest's path
import makers
from zhengce.extract.errors import DocumentError
from zhengce.extract.readers.files import items, load
from zhengce.extract.readers.paged.ofd import read_ofd
from zhengce.extract.readers.paged.pdf import read_pdf
from zhengce.extract.readers.text import read_text
from zhengce.extract.readers.web.html import read_html
from zhengce.extract.readers.web.mhtml import read_mhtml
from zhengce.extract.readers.word.doc import read_doc
from zhengce.extract.readers.word.docx import read_docx
from zhengce.extract.records import Source

TEXT = (
    "市人民政府办公室关于支持企业的通知\n一、对小微企业免收租金3个月。\n二、给予10万元奖励。\n"
    "市人民政府办公室\n2024年1月2日\n"
)


def word() -> bytes:
    """A Word file with a list of two levels, a style, a table with spans, a field, a box and a note."""
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>{makers.paragraph(makers.run('甲'))}</w:tc>"
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = "".join(
        [
            makers.paragraph(makers.run("对小微企业免收租金3个月。"), "1"),
            makers.paragraph(makers.run("给予10万元奖励。"), "1", 1),
            makers.paragraph(mark.format("begin") + makers.run("a") + mark.format("end"), style="H"),
            makers.paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>'),
            f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>",
        ]
    )
    levels = makers.level(0, "chineseCounting", "%1、") + makers.level(1, "lowerLetter", "（%2）")
    return makers.docx(
        body,
        numbering=makers.abstract("1", levels) + makers.number("1", "1", makers.restart(0)),
        styles='<w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="H"/></w:style>',
        footnotes=f'<w:footnote w:id="2">{makers.paragraph(makers.run("注"))}</w:footnote>',
    )


def pages() -> bytes:
    """An OFD file with two pages and a table."""
    lines = [makers.path_object(n, 20, 40 + 8 * n, 140, 40 + 8 * n) for n in range(3)]
    lines += [makers.path_object(9 + n, 20 + 60 * n, 40, 20 + 60 * n, 56) for n in range(3)]
    text = [makers.text_object(30 + n, line, 22, 46 + 8 * n) for n, line in enumerate(TEXT.splitlines())]
    return makers.ofd(["".join(lines + text), "".join(text)])


def printed() -> bytes:
    """A PDF with two pages and a table, not compressed, so that damage reaches what is drawn."""
    page, out = makers.canvas(pageCompression=0)
    for _ in range(2):
        page.setFont("STSong-Light", 10)
        for n, line in enumerate(TEXT.splitlines() * 2):
            page.drawString(60 + 80 * (n % 2), 700 - 20 * n, line)
            page.rect(60, 695 - 20 * n, 80, 20)
            page.rect(140, 695 - 20 * n, 300, 20)
        page.showPage()
    page.save()
    return out.getvalue()


def old_word() -> dict[str, bytes]:
    """The streams of an old Word file with numbers, a style and a table."""
    levels = [makers.old_level(39, "\0、"), *[makers.old_level(0, "\1.") for _ in range(8)]]
    made = [makers.in_list(1), makers.in_list(1, 1), b"", makers.IN_TABLE, makers.IN_TABLE, makers.ROW_END]
    return makers.doc_streams(
        TEXT + "甲\x07乙\x07\x07末\n",
        properties={n: (n % 3, p) for n, p in enumerate(made, 2)},
        lists=makers.old_lists({7: levels}, [(7, [(0, 1)])]),
        styles={1: (0xFFF, makers.in_list(1)), 2: (1, b"")},
    )


def page() -> bytes:
    """A web page in GBK with furniture, metadata and tables."""
    lines = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    cells = '<tr><td rowspan="2">类别</td><td colspan="3">金额（万元）</td></tr><tr><td>50</td><td>30</td></tr>'
    made = (
        '<html><head><meta charset="gbk"><meta name="ArticleTitle" content="通知"><title>通知</title></head><body>'
        '<div class="nav"><a href="/">首页</a></div><table><tr><td>发文机关：</td><td>市人民政府</td></tr></table>'
        f'<div id="UCAP-CONTENT">{lines}<table>{cells}</table></div><div class="footer">版权所有</div></body></html>'
    )
    return made.encode("gbk")


def saved() -> bytes:
    """The same page as a browser saves it."""
    head = "Snapshot-Content-Location: http://a.gov.cn/b.html\nMIME-Version: 1.0\nContent-Type: multipart/related;"
    body = base64.encodebytes(page()).decode()
    part = f"Content-Type: text/html\nContent-Transfer-Encoding: base64\nContent-Location: http://a.gov.cn/b.html\n\n{body}"
    return f'{head} boundary="--b"\n\n----b\n{part}\n----b--\n'.encode()


ROW = {"title": "通知", "number": "市政办〔2024〕1号", "date": "2024-01-02", "url": "http://a.gov.cn/1", "text": TEXT}


def archive() -> bytes:
    """An archive with texts, one of them in a folder with a Chinese name, a page and an archive."""
    inner = makers.zipped({"c.txt": TEXT.encode("gb18030"), "d/e.txt": TEXT})
    return makers.zipped({"a.txt": TEXT, "通知/b.txt": TEXT.encode("utf-16"), "p.html": page(), "i.zip": inner})


def lines() -> bytes:
    """Rows of JSON, one of them without a text."""
    rows = [ROW, ROW | {"text": TEXT * 2}, {"text": ""}, ROW]
    return "".join(json.dumps(row, ensure_ascii=n > 0) + "\n" for n, row in enumerate(rows)).encode()


def table() -> bytes:
    """A table with commas in GB18030; its texts have line ends and quotes."""
    out = StringIO()
    made = csv.DictWriter(out, ROW)
    made.writeheader()
    made.writerows([ROW, ROW | {"text": f'"{TEXT}"'}, ROW])
    return out.getvalue().encode("gb18030")


def columns() -> bytes:
    """A Parquet file with two groups of rows."""
    import pyarrow
    from pyarrow import parquet

    out = BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([ROW] * 5), out, row_group_size=3, compression="zstd")
    return out.getvalue()


def read_items(data: bytes, name: str) -> Source:
    """The texts of all documents of a file, as a user's file is read; what is wrong with one is its own error."""
    path = Path(name)
    path.write_bytes(data)
    texts = []
    for item in items(path):
        try:
            texts.append(load(item).text)
        except DocumentError as error:
            if not error.cure or not f"{error.name}/".startswith(f"{name}/"):
                raise ValueError(f"{error} names no cure or not its file") from error
    return Source("".join(texts), name, "", "", "")


# form → reader, a small document, how many mutations: 13,500 in all
FORMS: dict[str, tuple[Callable[[bytes, str], Source], Callable[[], bytes], int]] = {
    "docx": (read_docx, word, 2000),
    "ofd": (read_ofd, pages, 2000),
    "doc": (read_doc, lambda: makers.ole(old_word()), 2000),
    "pdf": (read_pdf, printed, 1000),
    "pdf-glyphs": (read_pdf, lambda: makers.glyph_pdf([TEXT.splitlines()]), 500),
    "html": (read_html, page, 1000),
    "mhtml": (read_mhtml, saved, 500),
    "text": (read_text, lambda: TEXT.encode("gb18030"), 1000),
    "zip": (read_items, archive, 500),
    "jsonl": (read_items, lines, 1000),
    "csv": (read_items, table, 1000),
    "parquet": (read_items, columns, 1000),
}
BATCH = 500
SECONDS = 10.0
MEMORY = 3 * 1024**3
# a text may be longer than its file, which is packed, but not without measure
MAX_GROWTH = 50_000

small = cache(lambda form: FORMS[form][1]())


def mutated(form: str, number: int) -> bytes:
    """The `number`th damaged version of the small document of a format."""
    chance = random.Random(f"{form} {number}")
    data = small(form)
    if data.startswith(b"PK") and number % 4:
        # damage inside of a packed file does not reach its reader: damage a member instead
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(sorted(members))
        change = damaged if number % 4 == 1 or form == "zip" else rearranged
        members[name] = change(members[name], chance)  # type: ignore[arg-type]
        return makers.zipped(members, zipfile.ZIP_STORED)
    if form == "doc" and number % 4:
        # damage to its streams, and not to the table of sectors that holds them together
        streams = old_word()
        name = chance.choice(sorted(streams))
        streams[name] = damaged(streams[name], chance)
        return makers.ole(streams)
    return damaged(data, chance)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes flipped, cut out, cut off, put in again elsewhere, or numbers in them made huge."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not made:
            break
        at, other = chance.randrange(len(made)), chance.randrange(len(made))
        size = chance.choice((1, 2, 8, 64, 700))
        kind = chance.randrange(7)
        if kind == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            made[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x3C, 0x3E))
        elif kind == 2:
            del made[at:]
        elif kind == 3:
            del made[at : at + size]
        elif kind == 4:
            made[at:at] = made[other : other + size]
        elif kind == 5:
            made[at : at + size] = made[other : other + size]
        else:
            _enlarge(made, at, chance)
    return bytes(made)


VALUES = (
    "",
    "0",
    "-1",
    "1",
    "9",
    "999999999",
    "1e308",
    "nan",
    "g 99999 1",
    "%1%2%9",
    "begin",
    "continue",
    "../x",
    "一",
)


def rearranged(data: bytes, chance: random.Random) -> bytes:
    """XML with elements moved, repeated or taken out, and with other values; it stays well-formed."""
    root = etree.fromstring(data)
    for _ in range(chance.choice((1, 3, 10))):
        elements = [element for element in root.iter() if element is not root]
        if not elements:
            break
        element, other = chance.choice(elements), chance.choice([*elements, root])
        kind = chance.randrange(4)
        if kind == 0:
            element.getparent().remove(element)
        elif kind == 1:
            other.append(deepcopy(element))
        elif kind == 2 and element.attrib:
            element.set(chance.choice(sorted(element.attrib)), chance.choice(VALUES))
        else:
            element.text = chance.choice(VALUES)
    return bytes(etree.tostring(root))


def _enlarge(made: bytearray, at: int, chance: random.Random) -> None:
    """Make the next number in digits huge, or four bytes."""
    digits = next((n for n in range(at, min(len(made), at + 300)) if 0x30 <= made[n] <= 0x39), None)
    if digits is None:
        made[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xf0\xff\0\0"))
    else:
        made[digits : digits + 1] = chance.choice((b"999999999", b"-1", b"0", b"1e308", b"4294967296"))


def read_all(form: str, first: int, count: int) -> list[str]:
    """What went wrong with some mutations, each named by its number."""
    with TemporaryDirectory() as folder:
        os.chdir(folder)  # readers of files write theirs here
        return list(_read_all(form, range(first, first + count)))


def _read_all(form: str, numbers: range) -> Iterator[str]:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    read = FORMS[form][0]
    for number in numbers:
        data = mutated(form, number)
        begun = time.perf_counter()
        try:
            source = read(data, "a.bin")
            if len(source.text) > MAX_GROWTH:
                yield f"{form} {number}: {len(source.text)} characters from {len(data)} bytes"
        except DocumentError as error:
            if error.name != "a.bin" or not error.cure:
                yield f"{form} {number}: {error}"
        except BaseException as error:
            yield f"{form} {number}: {type(error).__name__}: {error}"
        if time.perf_counter() - begun > SECONDS:
            yield f"{form} {number}: took {time.perf_counter() - begun:.1f} s"


@pytest.mark.parametrize("form", FORMS)
def test_damaged_bytes_are_read_or_refused(form: str) -> None:
    wrong: list[str] = []
    for first in range(0, FORMS[form][2], BATCH):
        with ProcessPoolExecutor(1, get_context("fork")) as pool:
            try:
                wrong += pool.submit(read_all, form, first, BATCH).result(timeout=120)
            except BrokenProcessPool:
                wrong.append(f"{form}: the process ended within {first} … {first + BATCH}")
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
def test_the_small_documents_are_read_when_whole(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "给予10万元奖励。" in FORMS[form][0](small(form), "a.bin").text


def test_there_are_13500_mutations_and_most_reach_the_reader() -> None:
    assert sum(count for _, _, count in FORMS.values()) == 13_500
    assert all(count % BATCH == 0 for _, _, count in FORMS.values())
    for form in FORMS:
        versions = {mutated(form, number) for number in range(200)}
        assert len(versions) > 150, form
