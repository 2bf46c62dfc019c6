"""The quick ways of readers give what the careful ones do: pages, old Word files, members of packages, streams, GBK."""

import random
import re
import struct
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import makers
import olefile
import pytest
from pages import gov_page
from test_fuzz import old_word
from zhengce.extract.errors import UnreadableError
from zhengce.extract.readers import items, load
from zhengce.extract.readers.encodings import decode
from zhengce.extract.readers.ole import stream
from zhengce.extract.readers.package import Package
from zhengce.extract.readers.paged import ofd, pages
from zhengce.extract.readers.web import lines
from zhengce.extract.readers.web.html import read_html
from zhengce.extract.readers.word.doc import read_doc
from zhengce.extract.readers.word.doc_text import Text
from zhengce.extract.readers.writer import TextWriter

OFFICE = Path(__file__).parent / "office"
INLINE = ("span", "b", "a", "font", "o:p", "img", "label", "sup", "code", "picture", "ins")
BLOCKS = ("p", "div", "h2", "ul", "li", "ol", "pre", "blockquote", "table", "td", "tr", "center", "br", "hr")
DROPPED = ("script", "style", "nav", "form", "footer", "select")
ATTRIBUTES = ("", "", "", " style='display: none'", " STYLE='DISPLAY:NONE'", " href='#_ftn1'", " title='footer'")
ATTRIBUTES += (" type='a'", " start='3'", " value='7'", " style='list-style: cjk-ideographic'", " class='x'")
WORDS = ("对小微企业免收租金3个月。", "　　一、给予10万元奖励。", "1. 补助", "打印本页", "【关闭窗口】", "来源：某网")
WORDS += ("京ICP备1号", "\n", "  ", "\t", "&nbsp;", " a b ", "中\n 文", "word\nword", "<!-- c -->", "&lt;p&gt;", "\x0b")
WORDS += ("长，" * 60, "\U00020000")
TABLE = "<table><tr><td>类别</td><td>金额</td></tr><tr><td>甲</td><td>50万元</td></tr></table>"


def nested(chance: random.Random, depth: int = 0) -> str:
    """Words and elements within one another, as no editor writes them."""
    made = ""
    for _ in range(chance.randrange(1, 6)):
        kind = chance.random()
        if kind < 0.5 or depth > 6:
            made += chance.choice(WORDS)
        elif kind < 0.55:
            made += TABLE
        else:
            tag = chance.choice(INLINE if kind < 0.75 else BLOCKS if kind < 0.97 else DROPPED)
            made += f"<{tag}{chance.choice(ATTRIBUTES)}>{nested(chance, depth + 1)}</{tag}>"
    return made


def test_a_page_taken_at_once_says_what_one_walked_node_by_node_does(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [gov_page(makers.HENAN).encode("gb18030")]
    for number in range(300):
        body = nested(random.Random(number))
        pages.append(f"<html><body><div id='zoom'><p>{'正文' * 40}</p>{body}</div></body></html>".encode())
    at_once = [read_html(page, "p.html") for page in pages]
    monkeypatch.setattr(lines, "MANY_MOVES", -1)
    monkeypatch.setattr(lines, "DEEP", -1)
    walked = [read_html(page, "p.html") for page in pages]
    assert [source.text for source in at_once] == [source.text for source in walked]
    assert [source.tables for source in at_once] == [source.tables for source in walked]
    assert sum(len(source.tables) for source in walked) > 50


def test_a_page_is_walked_only_where_it_is_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    walks = []
    walk = lines._Walk.below
    monkeypatch.setattr(lines._Walk, "below", lambda self, node: walks.append(node.tag) or walk(self, node))
    read_html(f"<html><body><div id='zoom'>{'<p><b>正</b>文</p>' * 90}</div></body></html>".encode(), "p.html")
    assert walks == []
    deep = "<span>" * 20_000 + "正文" * 90
    assert read_html(f"<html><body>{deep}</body></html>".encode(), "p.html").text == "正文" * 90 + "\n"
    assert walks == ["body"]


FURNITURE = re.findall(
    r"\S+",
    """
打印 关闭窗口 返回顶部 分享到：微信 收藏本页 附件下载 下载 字体：大 扫一扫打开 上一篇：甲 下一条：乙 相关附件：
责任编辑：甲 编辑：乙 当前位置：首页 您的位置：首页 您现在的位置：首页 浏览次数：3 来源：甲 微信 微博 QQ空间 京ICP备1号
粤icp备2号 主办：甲 主办单位：乙 承办：丙 网站地图 网站标识码：3 版权所有 京公网安备4号 公网安备4号
""",
)


@pytest.mark.parametrize("form", ["{}", "【{}】", "[ {} ]", "（{}）"])
def test_each_line_of_furniture_is_known_by_how_it_begins(form: str) -> None:
    found = [form.format(line) for line in FURNITURE]
    assert [line for line in found if lines.FURNITURE.fullmatch(line)] == found
    assert [line for line in found if lines.is_furniture(line)] == found
    for line in ("一、打印设备补贴", "（一）备案。", "相关部门负责。", "来料加工"):
        assert not lines.is_furniture(line)


def old_files() -> list[bytes]:
    """Old Word files with tables, numbers, fields, hidden text, rare characters, and text in several pieces."""
    made = [(OFFICE / "policy.doc").read_bytes(), makers.ole(old_word()), makers.doc(makers.HENAN)]
    made.append(makers.doc("甲\x13 PAGE \x14乙\n丙\x15丁\n\x13 TOC \x14戊\n己\n\x15庚\n辛\tb\x0b壬\x85癸\u2028子\n丑"))
    made.append(makers.doc("一\U00020bb7\n二\n三\x07\x07\n四"))
    streams = makers.doc_streams(makers.HENAN[:400])
    made.append(makers.ole(streams | in_pieces(streams, 400)))
    return made


def in_pieces(streams: dict[str, bytes], count: int) -> dict[str, bytes]:
    """The same text in pieces of seven characters, which end anywhere in a paragraph."""
    word, table = bytearray(streams["WordDocument"]), streams["1Table"]
    (begin,) = struct.unpack_from("<I", word, 154 + 33 * 8 + 0)
    (offset,) = struct.unpack_from("<I", table, begin + 5 + 8 + 2)
    starts = [*range(0, count, 7), count]
    pieces = struct.pack(f"<{len(starts)}I", *starts)
    pieces += b"".join(struct.pack("<HIH", 0, offset + 2 * start, 0) for start in starts[:-1])
    struct.pack_into("<II", word, 154 + 33 * 8, len(table), 5 + len(pieces))
    return {"WordDocument": bytes(word), "1Table": table + b"\x02" + struct.pack("<I", len(pieces)) + pieces}


def test_plain_paragraphs_at_once_say_what_they_do_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = [read_doc(data, "a.doc") for data in old_files()]
    monkeypatch.setattr(Text, "_stretches", lambda self, data, at, width, held: [(0, len(data), "", False)])
    one_by_one = [read_doc(data, "a.doc") for data in old_files()]
    assert [source.text for source in at_once] == [source.text for source in one_by_one]
    assert [source.tables for source in at_once] == [source.tables for source in one_by_one]
    assert at_once[-1].text == makers.HENAN[:400] + "\n"


def test_a_stream_whose_sectors_are_scattered_is_read_in_their_order() -> None:
    data = bytearray(makers.ole({"WordDocument": random.Random(1).randbytes(20_000), "1Table": b"t" * 5000}))
    (table,) = struct.unpack_from("<I", data, 76)
    entry = (table + 1) * 512
    # sectors 3 and 7 change places: 2 → 7 → 4 … 6 → 3 → 8
    for sector, following in {2: 7, 7: 4, 6: 3, 3: 8}.items():
        struct.pack_into("<I", data, entry + 4 * sector, following)
    three, seven = data[4 * 512 : 5 * 512], data[8 * 512 : 9 * 512]
    data[4 * 512 : 5 * 512], data[8 * 512 : 9 * 512] = seven, three
    made = bytes(data)
    with olefile.OleFileIO(BytesIO(made)) as container:
        for name in ("WordDocument", "1table"):
            assert stream(container, made, name) == container.openstream(name).read()
        assert stream(container, made, "WordDocument")[:20_000] == random.Random(1).randbytes(20_000)
        with pytest.raises(OSError, match="not found"):
            stream(container, made, "Data")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_of_a_package_is_read_however_it_is_packed(method: int) -> None:
    data = makers.zipped({"a.xml": "<a>甲</a>" * 50, "b.xml": ""}, method)
    package = Package(data, "p.ofd", "OFD file")
    assert (package.member("A.xml"), package.member("b.xml")) == (("<a>甲</a>" * 50).encode(), b"")


def test_a_member_that_is_damaged_or_named_otherwise_is_refused() -> None:
    data = makers.zipped({"a.xml": "<a>甲</a>" * 50}, zipfile.ZIP_STORED)
    for damaged in (data.replace(b"<a>", b"<b>", 1), data.replace(b"a.xml", b"b.xml", 1)):
        with pytest.raises(UnreadableError, match=r"a damaged OFD file \(a.xml"):
            Package(damaged, "p.ofd", "OFD file").member("a.xml")


def level_runs(chance: random.Random) -> list[str]:
    """Text objects anywhere on a page, in any order: some on one row, some with what is seldom said."""
    made = []
    for n in range(chance.randrange(1, 30)):
        text = chance.choice(("对小微企业免收租金3个月。", "一", "abc 12", "　　给予奖励"))
        x, y = chance.choice((20, 60, 110)), 40 + 3 * chance.randrange(60)
        made.append(makers.text_object(n, text, x, y, chance.choice((3.5, 5.6))))
    if chance.random() < 0.5:
        made.sort(key=lambda one: float(re.findall(r'Boundary="\S+ (\S+)', one)[0]))
    return made


def test_runs_on_rows_of_their_own_are_the_rows_that_sorting_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [makers.henan_ofd()]
    files += [makers.ofd(["".join(level_runs(random.Random(n)))]) for n in range(300)]
    quick = [ofd.read_ofd(file, "p.ofd").text for file in files]
    monkeypatch.setattr(pages, "_one_by_one", lambda pieces: not pieces)
    assert quick == [ofd.read_ofd(file, "p.ofd").text for file in files]


def test_a_level_run_stands_where_the_way_for_any_matrix_puts_it() -> None:
    chance = random.Random(5)
    for _ in range(2000):
        text = chance.choice(("对小微企业", "一", "abc", "甲 b"))
        matrix = f"{chance.choice((1, 0.5, -1))} 0 0 {chance.choice((1, 2, -1))} {chance.uniform(0, 9)} 3"
        frame = ofd._framed(
            f"{chance.uniform(0, 200)} 7.1 9 9", chance.choice((matrix, None)), chance.choice(("3.5", ""))
        )
        by_x = chance.choice(("g 4 5.6", "1 2 3 4", "-1 9 2", "5.6", "", None))
        x, y = chance.uniform(-5, 90), chance.uniform(0, 90)
        steps = ofd._steps(by_x or "", len(text) - 1)
        assert frame.level
        for edges in (False, True):
            slanting = ofd._slanting(text, (x, y), frame, steps, ofd.NO_STEPS, edges)
            assert ofd._piece(text, x, y, frame, by_x, None, edges) == slanting


@pytest.mark.parametrize(
    ("location", "resolved"),
    [
        ("Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("/Doc_1/a.xml", "Doc_1/a.xml"),
        ("./a.xml", "Doc_0/a.xml"),
        ("../Doc_1/./a.xml", "Doc_1/a.xml"),
        ("a//b.xml", "Doc_0/a/b.xml"),
        (" 页/a-b.xml ", "Doc_0/页/a-b.xml"),
        ("../../a.xml", "a.xml"),
        ("", "Doc_0"),
    ],
)
def test_a_location_is_resolved_however_it_is_written(location: str, resolved: str) -> None:
    assert ofd._resolved("Doc_0/Document.xml", location) == resolved


def test_lines_that_hold_line_ends_are_one_line_each() -> None:
    texts = ["甲", "", "乙\x85丙", "丁\u2028", "戊\x1c己", "a\x0bb"]
    one, all_at_once = TextWriter(), TextWriter()
    for text in texts:
        one.line(text)
    all_at_once.block(texts)
    assert all_at_once.source(b"", "n", "m").text == one.source(b"", "n", "m").text == "甲\n\n乙 丙\n丁\n戊 己\na b\n"


def test_an_archive_is_found_in_another_folder_than_the_worker_began_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        Path(f"{folder}.zip").write_bytes(makers.zipped({"a.txt": f"关于支持企业的通知，{folder}"}))
        assert [load(item).text for item in items(Path(f"{folder}.zip"))] == [f"关于支持企业的通知，{folder}"]


def test_what_is_gbk_is_gb18030_with_the_same_characters() -> None:
    same = []
    for first in range(0x81, 0xFF):
        for second in range(0x30, 0xFF):
            pair = bytes([first, second])
            with suppress(UnicodeDecodeError):
                same.append(pair.decode("gbk") == pair.decode("gb18030"))
    assert len(same) > 21_000
    assert all(same)
    text = "关于支持小微企业发展的通知，对小微企业给予补助。\u00a0\u2022\U00020000"
    assert decode(text.encode("gb18030"), "a.txt") == (text, "gb18030")
