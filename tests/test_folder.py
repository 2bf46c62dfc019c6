"""A folder as an office has it: thirty files in many formats, six of them broken in six ways."""

import csv
import json
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import makers
import pytest
from conftest import NOTICE
from pages import gov_page
from zhengce.graph.batch import FAILED, STORED, BuildReport, build
from zhengce.graph.store import Store

TEXT = NOTICE.read_text(encoding="utf-8")
TRADITIONAL = """臨川市人民政府辦公室
關於支持小微企業發展的通知

臨政辦發〔2023〕55號

各縣（區）人民政府，市政府各部門：

    為支持小微企業發展，現就有關事項通知如下：

    一、減輕房租負擔
    對承租國有房屋的小微企業免收租金。鼓勵其他業主減免租金。（責任單位：市國資委、財政局，各縣區政府）

臨川市人民政府辦公室
2023年3月1日
"""


def notice(n: int) -> str:
    """The notice under another number, so that each file is a document of its own."""
    return TEXT.replace("8号", f"{n}号")


def word(text: str, macro: bool = False) -> bytes:
    return makers.docx("".join(makers.paragraph(makers.run(line.strip())) for line in text.splitlines()), macro=macro)


def pdf(text: str) -> bytes:
    page, out = makers.canvas()
    for lines in makers.paged(text):
        page.setFont("STSong-Light", 16)
        for n, line in enumerate(lines):
            page.drawString(73, 760 - 28 * n, line)
        page.showPage()
    page.save()
    return out.getvalue()


def picture_pdf() -> bytes:
    """A page that was scanned: marks, and no text."""
    page, out = makers.canvas()
    page.rect(100, 100, 300, 400, fill=1)
    page.showPage()
    page.save()
    return out.getvalue()


def ofd(text: str) -> bytes:
    return makers.ofd(
        [
            "".join(makers.text_object(m, line, 26, 40 + 10 * m) for m, line in enumerate(lines) if line)
            for lines in makers.paged(text)
        ]
    )


def zipped(name: str, data: bytes, flags: int = 0x800) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2023, 3, 1, 0, 0, 0)), data)
        archive.writestr(zipfile.ZipInfo("__MACOSX/._x.docx", (2023, 3, 1, 0, 0, 0)), b"\0\5\x16\7")
    return out.getvalue()


MHTML_HEAD = b"""From: <Saved by a browser>
Snapshot-Content-Location: https://www.example.gov.cn/n.htm
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----x"

------x
Content-Type: text/html
Content-Transfer-Encoding: 8bit
Content-Location: https://www.example.gov.cn/n.htm

"""


def mhtml(page: str) -> bytes:
    return MHTML_HEAD.replace(b"\n", b"\r\n") + page.encode("gb18030") + b"\r\n------x--\r\n"


def table(n: int) -> bytes:
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(["标题", "网址", "正文"])
    rows.writerow(["通知", "https://www.example.gov.cn/c.htm", notice(n)])
    return out.getvalue().encode("gb18030")


def parquet(n: int) -> bytes:
    import pyarrow
    from pyarrow import parquet

    out = BytesIO()
    parquet.write_table(
        pyarrow.table({"url": ["https://www.example.gov.cn/p.htm"], "html": [gov_page(notice(n))]}), out
    )
    return out.getvalue()


GOOD = {
    "01.txt": notice(1).encode("utf-8"),
    "02-gbk.txt": notice(2).encode("gb18030"),
    "03-utf16.txt": notice(3).encode("utf-16"),
    "04-utf16-without-mark.txt": notice(4).encode("utf-16-le"),
    "05-big5.txt": TRADITIONAL.encode("big5"),
    "06.md": "\n".join(f"**{line}**" if line.startswith("一") else line for line in notice(6).splitlines()).encode(),
    "07.html": gov_page(notice(7)).encode("gb18030"),
    "08.htm": gov_page(notice(8)).replace("charset=gb2312", "charset=utf-8").encode("utf-8"),
    "09-no-ending": gov_page(notice(9)).encode("gb18030"),
    "10.mhtml": mhtml(gov_page(notice(10))),
    "11.docx": word(notice(11)),
    "12.docm": word(notice(12), macro=True),
    "13-a-docx.doc": word(notice(13)),
    "14.doc": makers.doc(notice(14)),
    "15.wps": makers.doc(notice(15)),
    "16.pdf": pdf(notice(16)),
    "17-a-pdf.txt": pdf(notice(17)),
    "18.ofd": ofd(notice(18)),
    "19.zip": zipped("通知/正文.txt", notice(19).encode("gb18030")),
    "20.zip": zipped("word.docx", word(notice(20))),
    "21.jsonl": json.dumps({"title": "通知", "text": notice(21)}, ensure_ascii=False).encode(),
    "22.csv": table(22),
    "23.parquet": parquet(23),
    "24.txt": notice(24).replace("\n", "\r\n").encode("gb2312"),
}
LOCKED = makers.ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 5000})
# file → (bytes, what is said to be wrong, what to do)
BROKEN = {
    "25-picture.docx": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(64), "JPEG", "OCR"),
    "26-cut-short.docx": (word(notice(26))[:900], "broken zip", "again"),
    "27-locked.docx": (LOCKED, "password", "password"),
    "28-scan.pdf": (picture_pdf(), "OCR", "OCR"),
    "29.rtf": (rb"{\rtf1\ansi \'d2\'bb}", "RTF", ".docx"),
    "30-empty.txt": (b"", "is empty", "Leave it out"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    for name, data in (GOOD | {name: broken[0] for name, broken in BROKEN.items()}).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[Store, BuildReport]:
    store = Store.memory()
    return store, build([folder], store)


def test_thirty_files_give_24_graphs_and_six_errors(built: tuple[Store, BuildReport]) -> None:
    store, report = built
    states = {outcome.name: outcome.state for outcome in report.outcomes}
    inner = {"19.zip": "/通知/正文.txt", "20.zip": "/word.docx", "21.jsonl": "/1", "22.csv": "/1", "23.parquet": "/1"}
    wanted = {name + inner.get(name, ""): STORED for name in GOOD} | dict.fromkeys(BROKEN, FAILED)
    assert states == wanted
    assert len(store.sources()) == 24


def test_each_graph_says_the_same(built: tuple[Store, BuildReport]) -> None:
    _, report = built
    counts = {
        (o.provisions, o.measures, o.agencies) for o in report.outcomes if o.state == STORED and "big5" not in o.name
    }
    assert len(counts) == 1
    (big5,) = (o for o in report.outcomes if "big5" in o.name)
    assert (big5.provisions, big5.measures, big5.agencies) == (1, 2, 3)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_an_error_names_the_file_and_the_cure(built: tuple[Store, BuildReport], name: str) -> None:
    _, problem, cure = BROKEN[name]
    (outcome,) = (o for o in built[1].outcomes if o.name == name)
    assert problem in outcome.problem
    assert cure in outcome.cure


def test_the_command_lists_the_errors_and_says_so(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "zhengce", "build", str(folder), "--store", str(tmp_path / "s"), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if line.startswith(str(folder))]
    assert [Path(line.partition(":")[0]).name for line in said] == sorted(BROKEN)
