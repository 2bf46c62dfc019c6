"""Evidence shows file, page and characters, and the text that `zhengce text` prints is that to which offsets refer."""

import subprocess
import sys
from pathlib import Path

import makers
import pytest
from conftest import HENAN, NOTICE
from formats import facts
from pages import gov_page
from zhengce.extract.pipeline import extract, extract_source
from zhengce.extract.readers import read, read_data
from zhengce.extract.records import Document
from zhengce.graph.batch import build
from zhengce.graph.store import Store
from zhengce.queries import KnowledgeGraph

PAGED = [("h.pdf", makers.henan_pdf), ("h.ofd", makers.henan_ofd)]
TEXT = HENAN.read_text(encoding="utf-8")
# the example in every format that a test can write
SAVED = {
    "utf8.txt": TEXT.encode(),
    "bom.txt": TEXT.encode("utf-8-sig"),
    "gbk.txt": TEXT.encode("gb18030"),
    "utf16.txt": TEXT.encode("utf-16"),
    "utf16be.txt": TEXT.encode("utf-16-be"),
    "page.html": gov_page(TEXT).encode("gb18030"),
    "word.docx": makers.henan_docx(),
    "old.doc": makers.doc(TEXT),
    "print.pdf": makers.henan_pdf(),
    "print.ofd": makers.henan_ofd(),
}


@pytest.mark.parametrize("name", list(SAVED))
def test_the_example_says_the_same_in_every_format(name: str, henan: Document) -> None:
    document = extract_source(read_data(SAVED[name], name))
    assert facts(document) == facts(henan)
    spans = [quantity.span for measure in document.measures for quantity in measure.quantities]
    wanted = [quantity.span for measure in henan.measures for quantity in measure.quantities]
    printed = ["".join(document.source.quote(span).split()) for span in spans]
    assert printed == ["".join(henan.source.quote(span).split()) for span in wanted]


@pytest.mark.parametrize(("name", "make"), PAGED)
def test_evidence_names_the_page(tmp_path: Path, name: str, make) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / name).write_bytes(make())
    store = Store.memory()
    (outcome,) = build([tmp_path], store).outcomes
    source = read(tmp_path / name)
    rows = KnowledgeGraph(store).provenance(quote="房租").rows
    assert rows
    for row in rows:
        assert row.file == name
        assert source.text[row.begin : row.end] == row.quote
        assert row.page == source.page(row.begin)
    assert {row.page for row in rows} > {1}
    (pages,) = store.select("SELECT ?n { ?s zc:pages ?n }")
    assert pages["n"] is not None
    assert int(pages["n"].value) == len(source.pages) == len(makers.paged(makers.HENAN))
    assert outcome.violations == ()


def test_a_format_without_pages_has_no_page(henan_graph: KnowledgeGraph) -> None:
    assert {row.page for row in henan_graph.provenance(quote="房租").rows} == {None}


def test_the_address_of_a_page_is_in_the_graph(tmp_path: Path) -> None:
    (tmp_path / "n.html").write_bytes(gov_page(NOTICE.read_text(encoding="utf-8")).encode("gb18030"))
    store = Store.memory()
    build([tmp_path], store)
    (row,) = store.select("SELECT ?url { ?s a zc:SourceText ; dct:source ?url }")
    assert row["url"] is not None
    assert row["url"].value == "https://www.example.gov.cn/zhengce/content_14.htm"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://e.gov.cn/a b<c>", "/relative", "file:///etc/passwd"]
)
def test_what_is_no_address_stays_out_of_the_graph(tmp_path: Path, address: str) -> None:
    page = gov_page(NOTICE.read_text(encoding="utf-8")).replace(
        "https://www.example.gov.cn/zhengce/content_14.htm", address
    )
    (tmp_path / "n.html").write_bytes(page.encode("gb18030"))
    store = Store.memory()
    assert [outcome.state for outcome in build([tmp_path], store).outcomes] == ["stored"]
    assert list(store.select("SELECT ?url { ?s a zc:SourceText ; dct:source ?url }")) == []


@pytest.mark.parametrize("name", ["utf16.txt", "print.pdf", "page.html"])
def test_the_command_prints_the_text_of_the_offsets(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SAVED[name])
    done = subprocess.run([sys.executable, "-m", "zhengce", "text", path], capture_output=True, check=True)
    printed = done.stdout.decode("utf-8")
    document = extract(path)
    assert printed == document.source.text
    assert all(printed[m.span.begin : m.span.end] == document.source.quote(m.span) for m in document.measures)
