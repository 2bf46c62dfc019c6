"""Archives and tables of documents: each document for itself, limits, and nothing that one of them can stop."""

import json
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from conftest import NOTICE
from zhengce.extract.errors import DocumentError, UnreadableError
from zhengce.extract.readers import archives, containers, files, items, load, read
from zhengce.graph.batch import FAILED, STORED, build
from zhengce.graph.export import export
from zhengce.graph.store import Store

TEXT = NOTICE.read_text(encoding="utf-8")


def notice(n: int) -> str:
    return TEXT.replace("8号", f"{n}号")


def zipped(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def listed(path: Path) -> dict[str, str]:
    """Names of the documents of a file, and what is wrong with them."""
    found = {}
    for item in items(path):
        try:
            load(item)
            found[item.name] = ""
        except DocumentError as error:
            found[item.name] = error.problem
    return found


def test_an_archive_gives_its_documents_and_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    inner = zipped({"x.txt": notice(1).encode(), "deeper.zip": zipped({"y.txt": notice(2).encode()})})
    path.write_bytes(
        zipped(
            {
                "b.txt": notice(3).encode(),
                "文件夹/c.txt": notice(4).encode("gb18030"),
                "empty.txt": b"",
                "../../evil.txt": notice(5).encode(),
                "inner.zip": inner,
                "__MACOSX/._b.txt": b"\0\1",
                ".DS_Store": b"\0\1",
            }
        )
    )
    found = listed(path)
    assert list(found) == [
        "a.zip/b.txt",
        "a.zip/文件夹/c.txt",
        "a.zip/empty.txt",
        "a.zip/evil.txt",
        "a.zip/inner.zip/x.txt",
        "a.zip/inner.zip/deeper.zip",
    ]
    assert [name for name, problem in found.items() if problem] == ["a.zip/empty.txt", "a.zip/inner.zip/deeper.zip"]
    assert "2 deep" in found["a.zip/inner.zip/deeper.zip"]


def test_a_name_in_gbk_is_read(tmp_path: Path) -> None:
    # archives made on Windows have names in GBK, without a mark that says so
    data = zipped({"AABB.txt": notice(1).encode()})
    (tmp_path / "w.zip").write_bytes(data.replace(b"AABB", "措施".encode("gbk")))
    assert list(listed(tmp_path / "w.zip")) == ["w.zip/措施.txt"]


def test_a_locked_member_is_the_only_one_lost(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": notice(1).encode(), "b.txt": notice(2).encode()}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    for place in (6, at + 8):  # the mark of encryption, in the file's header and in the directory
        data[place] |= 1
    (tmp_path / "l.zip").write_bytes(data)
    found = listed(tmp_path / "l.zip")
    assert "password" in found["l.zip/a.txt"]
    assert found["l.zip/b.txt"] == ""


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(zipped({"zeros.txt": bytes(40_000_000), "b.txt": notice(2).encode()}))
    found = listed(tmp_path / "bomb.zip")
    assert "beyond the limits" in found["bomb.zip/zeros.txt"]
    assert found["bomb.zip/b.txt"] == ""


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBER", 1000)
    archive = zipfile.ZipFile(BytesIO(zipped({"a.txt": notice(1).encode() * 10})))
    with pytest.raises(UnreadableError, match="beyond the limits"):
        archives.unpacked(archive, archive.infolist()[0], "a.zip/a.txt", limit=1000)


@pytest.mark.parametrize("cut", [30, 200, -30])
def test_a_broken_archive_is_named(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(zipped({"a.txt": notice(1).encode()})[:cut])
    (problem,) = listed(path).values()
    assert "broken zip archive" in problem


def test_an_archive_with_too_many_files_is_refused_unread(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 60_000_000)
    (tmp_path / "many.zip").write_bytes(data)
    (problem,) = listed(tmp_path / "many.zip").values()
    assert "more than 100,000 files" in problem


def test_reading_goes_on_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "PAGE_ITEMS", 3)
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{n}.txt": notice(n).encode() for n in range(8)}))
    names, start = [], 0
    while start is not None:
        found, start = containers.zip_page(str(path), start, "a.zip")
        assert len(found) <= 3
        names += [one.name for one in found]
    assert names == [f"{n}.txt" for n in range(8)]


def test_rows_of_json_are_documents(tmp_path: Path) -> None:
    rows = [
        json.dumps({"title": "甲", "url": "https://e.gov.cn/1", "text": notice(1)}, ensure_ascii=False),
        "{not json",
        json.dumps({"title": "乙", "text": ""}, ensure_ascii=False),
        json.dumps({"标题": "丙", "content": f"<div><p>{notice(4)}</p></div>"}, ensure_ascii=False),
        "[1, 2]",
    ]
    path = tmp_path / "crawl.jsonl"
    path.write_text("\ufeff" + "\n\n".join(rows) + "\n", encoding="utf-8")
    found = listed(path)
    assert list(found) == [f"crawl.jsonl/{n}" for n in range(1, 6)]
    assert [name for name, problem in found.items() if not problem] == ["crawl.jsonl/1", "crawl.jsonl/4"]
    first, *_, fourth, _ = items(path)
    assert load(first).data.url == "https://e.gov.cn/1"
    assert load(first).data.title == "甲"
    assert load(fourth).media_type == "text/html"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_rows_of_a_table_are_documents(tmp_path: Path, encoding: str, mark: str) -> None:
    quoted = notice(1).replace('"', '""')
    path = tmp_path / "t.csv"
    path.write_bytes(f'id{mark}正文{mark}网址\r\n1{mark}"{quoted}"{mark}https://e.gov.cn/1\r\n'.encode(encoding))
    (item,) = items(path)
    source = load(item)
    assert source.text == notice(1)
    assert (source.name, source.data.url) == ("t.csv/1", "https://e.gov.cn/1")


def test_a_table_without_texts_names_the_columns_that_would_do(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,name\n1,甲\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"without a column of texts \(its first line is id, name\).*正文"):
        read(path)


def test_a_parquet_file_without_texts_or_broken_is_named(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"id": [1]}), tmp_path / "n.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1" + bytes(100))
    assert "no column of texts (it has id)" in "".join(listed(tmp_path / "n.parquet").values())
    assert "broken Parquet" in "".join(listed(tmp_path / "b.parquet").values())


def test_several_documents_are_for_build_and_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "two.zip").write_bytes(zipped({"a.txt": notice(1).encode(), "b.txt": notice(2).encode()}))
    (tmp_path / "one.zip").write_bytes(zipped({"a.txt": notice(1).encode()}))
    (tmp_path / "none.zip").write_bytes(zipped({}))
    with pytest.raises(UnreadableError, match=r"holds several documents.*zhengce build"):
        read(tmp_path / "two.zip")
    assert read(tmp_path / "one.zip").text == notice(1)
    with pytest.raises(UnreadableError, match="holds no document"):
        read(tmp_path / "none.zip")


def test_processes_work_over_members_and_change_no_byte(tmp_path: Path) -> None:
    members = {f"{n}.txt": notice(n).encode() for n in range(6)} | {"bad.txt": b""}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    one, two = Store.memory(), Store.memory()
    states = [o.state for o in build([tmp_path], one).outcomes]
    assert states == [STORED] * 6 + [FAILED]
    assert [o.state for o in build([tmp_path], two, jobs=2).outcomes] == states
    assert export(one, "nquads") == export(two, "nquads")


def test_an_edited_member_takes_the_place_of_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    store = Store.memory()
    for text in (TEXT, TEXT.replace("免收租金", "减半收取租金")):
        path.write_bytes(zipped({"n.txt": text.encode(), "other.txt": notice(9).encode()}))
        report = build([path], store)
    assert "took the place" in report.outcomes[0].notice
    assert len(store.sources()) == 2


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 10, encoding="utf-8")
    with pytest.raises(UnreadableError, match="the limit is 1000"):
        read(path)


def test_one_document_of_a_container_is_read_by_its_place(tmp_path: Path) -> None:
    # regression: the text that evidence points into could not be printed for a document in an archive or table
    text = NOTICE.read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("文件夹/甲.txt", text)
        archive.writestr("乙.txt", "别的")
    rows = [json.dumps({"text": words}) for words in ("别的", text)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for path in ("a.zip/文件夹/甲.txt", "rows.jsonl/2"):
        source = read(tmp_path / path)
        assert (source.name, source.text) == (path, text)
    for path in ("a.zip/丙.txt", "rows.jsonl/3"):
        with pytest.raises(DocumentError, match="is not in"):
            read(tmp_path / path)
    with pytest.raises(DocumentError, match=r"several documents.*a\.zip/b\.docx"):
        read(tmp_path / "a.zip")
