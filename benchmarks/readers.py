"""Each reader beside the bare library that it uses: `python benchmarks/readers.py [REPEATS]`, ms per MB of file.

The bare library does what no reader can leave out: it opens the file and gives its words, without their order,
headings, numbers, tables or places. Both run by turns in one process; the ratio is that of their fastest runs, and the
time of the digest that every source carries is shown apart. The last line says what the worker process costs, which
text files do not need.
"""

import hashlib
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from zhengce.extract.readers import worker
from zhengce.extract.readers.paged.ofd import read_ofd
from zhengce.extract.readers.paged.pdf import read_pdf
from zhengce.extract.readers.text import read_text
from zhengce.extract.readers.web.html import read_html
from zhengce.extract.readers.word.doc import read_doc
from zhengce.extract.readers.word.docx import read_docx

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "examples" / "henan-2022-14.txt").read_text(encoding="utf-8")
MEGABYTE = 1_000_000
Read = Callable[[bytes], object]


def bare_text(data: bytes) -> str:
    return data.decode("utf-8")


def bare_gb18030(data: bytes) -> str:
    return data.decode("gb18030")


def bare_html(data: bytes) -> str:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data.decode("gb18030"))
    return tree.body.text(separator="\n") if tree.body else ""


def bare_trafilatura(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data.decode("gb18030"), include_tables=True) or ""


def bare_docx(data: bytes) -> str:
    import docx

    document = docx.Document(BytesIO(data))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def bare_pdf(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def bare_ofd(data: bytes) -> list[str]:
    from lxml import etree

    words = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith("Content.xml"):
                root = etree.fromstring(archive.read(name))
                words += [node.text or "" for node in root.iter("{*}TextCode")]
    return words


def bare_doc(data: bytes) -> str:
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as file:
        return file.openstream("WordDocument").read().decode("utf-16-le", "replace")


def cases() -> list[tuple[str, str, bytes, Read, Read]]:
    """(format, bare library, file, ours, bare)."""
    sys.path.insert(0, str(ROOT / "tests"))  # the tests know how to make files of each format
    import makers
    from pages import gov_page

    long = TEXT * 20
    return [
        ("text, UTF-8", "bytes.decode", long.encode(), lambda d: read_text(d, "f"), bare_text),
        ("text, GB18030", "bytes.decode", long.encode("gb18030"), lambda d: read_text(d, "f"), bare_gb18030),
        ("html", "selectolax", gov_page(long).encode("gb18030"), lambda d: read_html(d, "f"), bare_html),
        ("html", "trafilatura", gov_page(long).encode("gb18030"), lambda d: read_html(d, "f"), bare_trafilatura),
        ("docx", "python-docx", makers.henan_docx(), lambda d: read_docx(d, "f"), bare_docx),
        ("pdf", "pypdfium2", makers.henan_pdf(), lambda d: read_pdf(d, "f"), bare_pdf),
        ("ofd", "zipfile + lxml", makers.henan_ofd(), lambda d: read_ofd(d, "f"), bare_ofd),
        ("doc", "olefile", makers.doc(long), lambda d: read_doc(d, "f"), bare_doc),
    ]


def seconds(read: Read, data: bytes) -> float:
    start = time.perf_counter()
    read(data)
    return time.perf_counter() - start


def compare(data: bytes, ours: Read, bare: Read, repeats: int) -> tuple[float, float, float]:
    """Seconds of the fastest run of ours, of the bare library, and of the digest."""
    ours(data), bare(data)
    rounds = [(seconds(ours, data), seconds(bare, data), seconds(_digest, data)) for _ in range(repeats)]
    return tuple(map(min, zip(*rounds, strict=True)))  # type: ignore[return-value]


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


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    print("| format | KB | bare library | bare ms/MB | ours ms/MB | digest ms/MB | ratio | ratio with digest |")
    print("|---|---|---|---|---|---|---|---|")
    for name, library, data, ours, bare in cases():
        own, other, digest = compare(data, ours, bare, repeats)
        scale = 1000 * MEGABYTE / len(data)
        shown = f"{other * scale:.1f} | {own * scale:.1f} | {digest * scale:.1f}"
        print(
            f"| {name} | {len(data) // 1000} | {library} | {shown} | {own / other:.2f} | {own / (other + digest):.2f} |"
        )
    start = time.perf_counter()
    worker.close()
    worker.call("os", "getpid", "f")
    print(f"\nworker process: {1000 * (time.perf_counter() - start):.0f} ms to start, ", end="")
    print(f"{1000 * crossing(bytes(MEGABYTE), repeats):.1f} ms for a file of 1 MB to go there and back")


if __name__ == "__main__":
    main()
