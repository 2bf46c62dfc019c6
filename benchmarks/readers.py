"""Each reader beside the bare library that it uses: `python benchmarks/readers.py [REPEATS]`, ms per MB of file.

The bare library does what a user writes in a few lines: it opens the file and gives its words, and the digest that
every source carries is counted with it. It finds no headings, numbers, tables, notes or places. Both run by turns in
one process, in seconds of the processor, so that other programs count for nothing; the ratio is that of the medians.

Two formats have two bare rows. HTML: the text between tags is the shortest call, but cuts a paragraph at each link or
bold word; paragraphs are what reading needs. OFD: the XML alone gives runs of characters in the order of the file. A
program may write them in any order and each character by itself, so whoever wants lines has to reckon where each run
begins and ends (Boundary, X, Y, DeltaX, Size), to sort them and to join those of one line: `bare_ofd_lines` does that
with zipfile and lxml, and no more (no turned text, columns, tables, hidden objects, running heads, limits or errors).

For OFD and old Word files no library reads the format, so the few lines open the container and decode what is in it.
Programs and libraries that read the whole format follow in a table of their own, by the clock and their fastest runs,
where they are installed: ofdkit (`pip install ofdkit`), antiword, catdoc and LibreOffice
(`apt-get install antiword catdoc libreoffice-writer-nogui`). The last line says what the worker process costs, which
text files do not need.
"""

import csv
import email
import hashlib
import json
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from email.message import Message
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median

from zhengce.extract.readers import containers, worker
from zhengce.extract.readers.paged.ofd import read_ofd
from zhengce.extract.readers.paged.pdf import read_pdf
from zhengce.extract.readers.text import read_text
from zhengce.extract.readers.web.html import read_html
from zhengce.extract.readers.web.mhtml import read_mhtml
from zhengce.extract.readers.word.doc import read_doc
from zhengce.extract.readers.word.docx import read_docx

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "examples" / "henan-2022-14.txt").read_text(encoding="utf-8")
TITLE = "河南省人民政府办公厅关于进一步做好惠企纾困工作促进经济平稳健康发展的通知"
MEGABYTE = 1_000_000
ROWS = 200
Read = Callable[[bytes], object]
Clock = Callable[[], float]
# (format, bare library, file, ours, bare)
Case = tuple[str, str, bytes, Read, Read]


def bare_text(data: bytes) -> str:
    return data.decode("utf-8")


def bare_gb18030(data: bytes) -> str:
    return data.decode("gb18030")


def bare_html(data: bytes) -> str:
    """The text of a page whose encoding is known, cut wherever there is a tag: the example in selectolax's manual."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data.decode("gb18030"))
    for tag in tree.css("script") + tree.css("style"):
        tag.decompose()
    return tree.body.text(separator="\n") if tree.body else ""


def bare_paragraphs(data: bytes) -> tuple[str, str]:
    """Title and article of a page whose encoding and whose site's container are known, a line for each paragraph."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data.decode("gb18030"))
    title, article = tree.css_first("title"), tree.css_first("div#UCAP-CONTENT")
    article.strip_tags(["script", "style"])
    # else a paragraph is cut at each of its tags
    article.unwrap_tags(["span", "a", "b", "strong", "i", "em", "u", "font"])
    article.merge_text_nodes()
    return title.text(), article.text(separator="\n", strip=True)


def bare_trafilatura(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data.decode("gb18030"), include_tables=True) or ""


def bare_mhtml(data: bytes) -> object:
    message = email.message_from_bytes(data)
    part = next(part for part in message.walk() if part.get_content_type() == "text/html")
    page = part.get_payload(decode=True)
    return bare_paragraphs(page if isinstance(page, bytes) else b"")


def bare_docx(data: bytes) -> str:
    import docx

    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def bare_pdf(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def bare_ofd(data: bytes) -> str:
    """The runs of characters of the pages that the document lists, in the order of the file."""
    from lxml import etree

    words = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("OFD.xml")).find(".//{*}DocRoot").text
        for page in etree.fromstring(archive.read(root)).iter("{*}Page"):
            content = etree.fromstring(archive.read(f"{root.rpartition('/')[0]}/{page.get('BaseLoc')}"))
            words += [node.text or "" for node in content.iter("{*}TextCode")]
    return "\n".join(words)


def bare_ofd_lines(data: bytes) -> str:
    """The lines of the pages in reading order: runs placed by their attributes, sorted, and joined where they meet."""
    from lxml import etree

    lines: list[str] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("OFD.xml")).find(".//{*}DocRoot").text
        for page in etree.fromstring(archive.read(root)).iter("{*}Page"):
            content = etree.fromstring(archive.read(f"{root.rpartition('/')[0]}/{page.get('BaseLoc')}"))
            runs: list[Run] = []
            for item in content.iter("{*}TextObject"):
                left, top, _, _ = map(float, item.get("Boundary").split())
                size = float(item.get("Size"))
                for code in item.iter("{*}TextCode"):
                    x, y = left + float(code.get("X", 0)), top + float(code.get("Y", 0))
                    width = sum(_steps(code.get("DeltaX", ""))) + size
                    runs.append((y, x, x + width, size, code.text or ""))
            lines += _lines_of(runs)
    return "\n".join(lines)


# base line, left, right, size, characters
Run = tuple[float, float, float, float, str]


def _steps(said: str) -> list[float]:
    """The distances between the characters of a run: numbers, and `g 5 3.5` for five times 3.5."""
    found: list[float] = []
    words = iter(said.split())
    for word in words:
        if word == "g":
            times = int(next(words))
            found += [float(next(words))] * times
        else:
            found.append(float(word))
    return found


def _lines_of(runs: list[Run]) -> list[str]:
    """Runs as lines from top to bottom; on a line a space where two stand apart."""
    rows: list[list[Run]] = []
    for run in sorted(runs):
        if rows and run[0] - rows[-1][0][0] < run[3] / 2:
            rows[-1].append(run)
        else:
            rows.append([run])
    lines = []
    for row in rows:
        row.sort(key=lambda run: run[1])
        text = row[0][4]
        for before, after in pairwise(row):
            text += (" " if after[1] - before[2] > 0.3 * after[3] else "") + after[4]
        lines.append(text)
    return lines


def bare_doc(data: bytes) -> str:
    """The characters of the pieces that the table stream lists, by [MS-DOC]."""
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as file:
        word = file.openstream("WordDocument").read()
        table = file.openstream("1Table" if word[11] & 2 else "0Table").read()
    begin, _ = struct.unpack_from("<II", word, 154 + 33 * 8)
    while table[begin] == 1:
        begin += 3 + int.from_bytes(table[begin + 1 : begin + 3], "little")
    (size,) = struct.unpack_from("<I", table, begin + 1)
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}i", table, begin + 5)
    words = []
    for n in range(count):
        (at,) = struct.unpack_from("<I", table, begin + 5 + 4 * (count + 1) + 8 * n + 2)
        length = places[n + 1] - places[n]
        if at & 0x40000000:
            at = (at & 0x3FFFFFFF) // 2
            words.append(word[at : at + length].decode("cp1252"))
        else:
            words.append(word[at : at + 2 * length].decode("utf-16-le"))
    return "".join(words).replace("\r", "\n")


def bare_zip(path: Path) -> list[object]:
    """Each member, read by our reader of texts: what is compared is the way to it."""
    with zipfile.ZipFile(path) as archive:
        return [read_text(archive.read(name), name) for name in archive.namelist()]


def bare_jsonl(path: Path) -> list[bytes]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"].encode() for line in file]


def bare_csv(path: Path) -> list[bytes]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"].encode() for row in csv.DictReader(file)]


def bare_parquet(path: Path) -> list[bytes]:
    from pyarrow import parquet

    return [row["text"].encode() for row in parquet.read_table(path).to_pylist()]


def cases() -> list[Case]:
    sys.path.insert(0, str(ROOT / "tests"))  # the tests know how to make files of each format
    import makers
    from pages import gov_page

    long = TEXT * 20
    page = gov_page(long, TITLE, "豫政办〔2022〕14号", "河南省人民政府办公厅", "2022年02月09日").encode("gb18030")
    return [
        ("text, UTF-8", "bytes.decode", long.encode(), lambda d: read_text(d, "f"), bare_text),
        ("text, GB18030", "bytes.decode", long.encode("gb18030"), lambda d: read_text(d, "f"), bare_gb18030),
        ("text, UTF-8, one document", "bytes.decode", TEXT.encode(), lambda d: read_text(d, "f"), bare_text),
        ("html", "selectolax, text between tags", page, lambda d: read_html(d, "f"), bare_html),
        ("html", "selectolax, paragraphs", page, lambda d: read_html(d, "f"), bare_paragraphs),
        ("html", "trafilatura", page, lambda d: read_html(d, "f"), bare_trafilatura),
        ("mhtml", "email + selectolax", saved(page), lambda d: read_mhtml(d, "f"), bare_mhtml),
        ("docx", "python-docx", makers.henan_docx(), lambda d: read_docx(d, "f"), bare_docx),
        ("pdf", "pypdfium2", makers.henan_pdf(), lambda d: read_pdf(d, "f"), bare_pdf),
        ("ofd", "zipfile + lxml, runs as they come", makers.henan_ofd(), lambda d: read_ofd(d, "f"), bare_ofd),
        ("ofd", "zipfile + lxml, lines in order", makers.henan_ofd(), lambda d: read_ofd(d, "f"), bare_ofd_lines),
        ("doc", "olefile + decode", makers.doc(long), lambda d: read_doc(d, "f"), bare_doc),
    ]


def saved(page: bytes) -> bytes:
    """A page as a browser saves it."""
    part = Message()
    part.set_payload(page, "gb18030")
    part.replace_header("Content-Type", 'text/html; charset="gb18030"')
    whole = Message()
    whole["Content-Type"] = "multipart/related"
    whole.attach(part)
    return whole.as_bytes()


def container_cases(folder: Path) -> list[Case]:
    """Rows and members with a document each; the readers of rows and archives take a file."""
    import pyarrow
    from pyarrow import parquet

    rows = [
        {"title": TITLE, "date": "2022-02-09", "url": f"https://example.gov.cn/{n}", "text": TEXT[n * 37 :][:5000]}
        for n in range(ROWS)
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "rows.parquet")
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for n, row in enumerate(rows):
            archive.writestr(f"{n}.txt", row["text"])
    made: list[tuple[str, str, str, Callable[[Path], object], Callable[[Path], object]]] = [
        ("jsonl", "json", "rows.jsonl", lambda path: list(containers.rows_of_json(path)), bare_jsonl),
        ("csv", "csv", "rows.csv", lambda path: list(containers.rows_of_csv(path)), bare_csv),
        ("parquet", "pyarrow", "rows.parquet", lambda path: containers.parquet_page(str(path), 0, "f"), bare_parquet),
        ("zip of texts", "zipfile, our reader of texts", "all.zip", read_zip, bare_zip),
    ]
    return [
        (name, library, (folder / file).read_bytes(), _of_file(ours, folder / file), _of_file(bare, folder / file))
        for name, library, file, ours, bare in made
    ]


def _of_file(read: Callable[[Path], object], path: Path) -> Read:
    return lambda _: read(path)


def read_zip(path: Path) -> list[object]:
    found, _ = containers.zip_page(str(path), 0, "f")
    return [read_text(one.data, one.name) for one in found]


def foreign_ofd(path: Path) -> str:
    import ofdkit  # type: ignore[import-not-found, unused-ignore]

    return str(ofdkit.extract_text(path))


def program(*command: str) -> Callable[[Path], str]:
    """A program that prints the text of a file."""

    def run(path: Path) -> str:
        return subprocess.run([*command, str(path)], capture_output=True, check=True, timeout=300).stdout.decode()

    return run


def office(path: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, str(path)]
        subprocess.run(command, capture_output=True, check=True, timeout=300)
        return (Path(folder) / path.with_suffix(".txt").name).read_text(encoding="utf-8-sig")


# (format, what reads the whole of it, is it here?, how)
FOREIGN: list[tuple[str, str, Callable[[], bool], Callable[[Path], str]]] = [
    ("ofd", "ofdkit", lambda: find_spec("ofdkit") is not None, foreign_ofd),
    ("doc", "antiword", lambda: shutil.which("antiword") is not None, program("antiword", "-m", "UTF-8.txt")),
    ("doc", "catdoc", lambda: shutil.which("catdoc") is not None, program("catdoc", "-d", "utf-8")),
    ("doc", "LibreOffice", lambda: shutil.which("soffice") is not None, office),
]


def seconds(read: Read, data: bytes, clock: Clock) -> float:
    start = clock()
    read(data)
    return clock() - start


def compare(data: bytes, ours: Read, bare: Read, repeats: int) -> tuple[float, float, float]:
    """Seconds of the processor that ours, the bare library and the digest take: medians of runs by turns."""
    ours(data), bare(data)
    rounds = [[seconds(read, data, time.process_time) for read in (ours, bare, _digest)] for _ in range(repeats)]
    own, other, digest = map(median, zip(*rounds, strict=True))
    return own, other, digest


def compare_programs(data: bytes, ours: Read, program: Read, repeats: int) -> tuple[float, float]:
    """Seconds by the clock of the fastest run of ours and of a program."""
    rounds = [[seconds(read, data, time.perf_counter) for read in (ours, program)] for _ in range(repeats)]
    own, other = map(min, zip(*rounds, strict=True))
    return own, other


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def crossing(data: bytes, repeats: int) -> float:
    """Seconds of the fastest run for a file to go to the worker process and back as a string."""
    worker.call("builtins", "str", "f", 1)
    rounds = []
    for _ in range(repeats):
        start = time.perf_counter()
        worker.call("builtins", "bytes", "f", data)
        rounds.append(time.perf_counter() - start)
    return min(rounds)


def show_bare(found: list[Case], repeats: int, digested: bool) -> None:
    """A row for each case; `digested`: ours makes the digest of the file, so that the bare library does too."""
    for name, library, data, ours, bare in found:
        own, other, digest = compare(data, ours, bare, repeats)
        digest = digest if digested else 0.0
        scale = 1000 * MEGABYTE / len(data)
        shown = f"{other * scale:.1f} | {digest * scale:.1f} | {own * scale:.1f}"
        print(f"| {name} | {len(data) // 1000} | {library} | {shown} | {own / (other + digest):.2f} |")


def show_foreign(found: list[Case], repeats: int) -> None:
    """A row for each program or library that reads a whole format, or that it is not installed."""
    by_format = {name: (data, ours) for name, _, data, ours, _ in found}
    for form, name, is_here, read in FOREIGN:
        data, ours = by_format[form]
        if not is_here():
            print(f"| {form} | {len(data) // 1000} | {name} | not installed | | |")
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"f.{form}"
            path.write_bytes(data)
            held = read(path)
            own, other = compare_programs(data, ours, lambda _, path=path, read=read: read(path), min(repeats, 5))  # type: ignore[misc]
        if "小微企业" not in held:
            print(f"| {form} | {len(data) // 1000} | {name} | finds no text in it | | |")
            continue
        scale = 1000 * MEGABYTE / len(data)
        shown = f"{other * scale:.1f} | {own * scale:.1f} | {own / other:.2f}"
        print(f"| {form} | {len(data) // 1000} | {name} | {shown} |")


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    print("| format | KB | bare library | bare ms/MB | digest ms/MB | ours ms/MB | ratio |")
    print("|---|---|---|---|---|---|---|")
    found = cases()
    show_bare(found, repeats, digested=True)
    with tempfile.TemporaryDirectory() as folder:
        show_bare(container_cases(Path(folder)), repeats, digested=False)
    print("\n| format | KB | reads the whole format | its ms/MB | ours ms/MB | ratio |")
    print("|---|---|---|---|---|---|")
    show_foreign(found, repeats)
    start = time.perf_counter()
    worker.close()
    worker.call("os", "getpid", "f")
    print(f"\nworker process: {1000 * (time.perf_counter() - start):.0f} ms to start, ", end="")
    print(f"{1000 * crossing(bytes(MEGABYTE), repeats):.1f} ms for a file of 1 MB to go there and back")


if __name__ == "__main__":
    main()
