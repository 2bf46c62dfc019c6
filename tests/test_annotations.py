"""Hand-made annotations → graph → annotations: nothing is lost on the way, and faults of the file are named."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import HENAN, NOTICE
from zhengce.extract.errors import AnnotationError
from zhengce.extract.handmade import read_annotations
from zhengce.extract.readers import read
from zhengce.extract.units import cut_units
from zhengce.graph.annotations import annotations, write_annotations
from zhengce.graph.batch import STORED, build, store_document
from zhengce.graph.store import Store

TEXT = """临川市人民政府办公室关于支持企业的通知
临政办发〔2023〕9号
各县（区）人民政府：
现就有关事项通知如下：
一、加大奖励力度。对小微企业给予不超过5万元奖励，市、县财政按照1：1比例分担；对研发投入1/3以上的企业，每年1月底前兑付约30%。
（牵头单位：市财政局；配合单位：市科技局）
二、本项由各县区负责。2023年3月1日至2025年12月31日实施。
临川市人民政府办公室
2023年3月1日
"""


def gold() -> dict[str, Any]:
    """A gold file that uses every kind of fact."""
    award = [
        {"text": "5万元", "kind": "money", "value": 50000, "unit": "CNY", "bound": "max", "per": [], "role": "benefit"},
        {
            "text": "1：1",
            "kind": "ratio",
            "value": "1:1",
            "unit": None,
            "bound": "exact",
            "per": [],
            "role": "cost-share",
        },
    ]
    share = [
        {
            "text": "1/3",
            "kind": "fraction",
            "value": "1/3",
            "unit": None,
            "bound": "min",
            "per": [],
            "role": "condition",
        },
        {
            "text": "30%",
            "kind": "percent",
            "value": 30,
            "unit": "%",
            "bound": "approx",
            "per": ["year"],
            "role": "benefit",
        }
        | {"applies_to": "研发"},
    ]
    return {
        "doc": "small",
        "meta": {
            "title": "临川市人民政府办公室关于支持企业的通知",
            "number": "临政办发〔2023〕9号",
            "issuer": "临川市人民政府办公室",
            "date": "2023-03-01",
            "region": "临川市",
            "addressees": ["各县（区）人民政府"],
            "attachments": [],
        },
        "units": {
            "u001": {"type": "front"},
            "u002": {"type": "heading", "label": "一、", "level": 1, "title": "加大奖励力度"},
            "u003": {
                "type": "measure",
                "instruments": ["award"],
                "modality": ["commit"],
                "targets": [{"text": "小微企业", "concept": "small-micro"}],
                "amounts": award,
                "dates": [],
                "actors": [{"text": "市", "name": "临川市财政", "nth": 1}],
                "citations": [],
            },
            "u004": {
                "type": "measure",
                "instruments": ["award", "innovation"],
                "modality": ["commit", "permit"],
                "targets": [{"text": "企业", "concept": "enterprise"}],
                "amounts": share,
                "dates": [{"text": "每年1月底", "start": None, "end": "--01-31", "role": "recurring"}],
                "actors": [],
                "citations": [],
            },
            "u005": {
                "type": "responsibility",
                "agencies": [
                    {"text": "市财政局", "name": "临川市财政局", "role": "lead"},
                    {"text": "市科技局", "name": "临川市科技局", "role": "participant"},
                ],
            },
            "u006": {
                "type": "measure",
                "label": "二、",
                "level": 1,
                "title": "",
                "instruments": ["organisation"],
                "modality": ["commit"],
                "actors": [{"text": "各县区", "name": "临川市各县区"}],
            },
            "u007": {
                "type": "measure",
                "instruments": ["organisation"],
                "modality": ["commit"],
                "dates": [
                    {
                        "text": "2023年3月1日至2025年12月31日",
                        "start": "2023-03-01",
                        "end": "2025-12-31",
                        "role": "period",
                    }
                ],
            },
        },
    }


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Path]:
    """The source text and its gold file."""
    source, path = tmp_path / "small.txt", tmp_path / "small.json"
    source.write_text(TEXT, encoding="utf-8")
    path.write_text(json.dumps(gold(), ensure_ascii=False), encoding="utf-8")
    return path, source


def said(path: Path, source: Path) -> dict[str, Any]:
    store = Store.memory()
    outcome = store_document(read_annotations(path, read(source)), source, store)
    assert outcome.state == STORED, outcome.violations
    return annotations(store, outcome.source)


def test_units_of_the_example_document() -> None:
    units = cut_units(read(HENAN).text)
    assert len(units.spans) == 319
    begin, end = units.spans[1]
    assert units.text[begin:end] == "一、完善落实减税降费政策。"
    assert read(HENAN).quote(units.span(begin, end)) == "一、完善落实减税降费政策。"


def test_every_kind_of_fact_comes_back(written: tuple[Path, Path]) -> None:
    found = said(*written)
    assert found["meta"] == gold()["meta"]
    assert [(p["label"], p["title"], p["level"]) for p in found["provisions"]] == [
        ("一、", "加大奖励力度", 1),
        ("二、", "", 1),
    ]
    award, share, duty, time = found["measures"]
    assert award["targets"][0] | {"start": 0, "end": 0} == {
        "start": 0, "end": 0, "text": "小微企业", "concept": "small-micro",
    }  # fmt: skip
    assert award["agencies"] == share["agencies"]
    assert award["agencies"] == [
        {"name": "临川市财政局", "role": "lead"},
        {"name": "临川市科技局", "role": "participant"},
    ]
    assert award["actors"][0]["name"] == "临川市财政"
    assert duty["agencies"] == []
    for unit, measure in (("u003", award), ("u004", share)):
        for wanted, got in zip(gold()["units"][unit]["amounts"], measure["amounts"], strict=True):
            assert {key: got[key] for key in wanted} == wanted
    assert share["modality"] == ["commit", "permit"]
    assert [(d["from"], d["to"], d["role"]) for d in share["dates"]] == [(None, "--01-31", "recurring")]
    assert [(d["from"], d["to"]) for d in time["dates"]] == [("2023-03-01", "2025-12-31")]


def test_quotes_lie_inside_their_measure_and_read_back(written: tuple[Path, Path]) -> None:
    found = said(*written)
    for measure in found["measures"]:
        assert TEXT[measure["start"] : measure["end"]] == measure["text"]
        for item in [i for kind in ("targets", "amounts", "dates", "actors") for i in measure[kind]]:
            assert TEXT[item["start"] : item["end"]] == item["text"]
            assert measure["start"] <= item["start"] < item["end"] <= measure["end"]


FAULTS = [
    ("units.u003.instruments", ["gift"], "u003: instrument 'gift' is unknown"),
    ("units.u003.modality", ["must"], "u003: modality 'must' is unknown"),
    ("units.u003.targets", [{"text": "大企业", "concept": "sme"}], "'大企业' is not in the unit"),
    ("units.u003.targets", [{"text": "企业", "concept": "big"}], "concept 'big' is unknown"),
    ("units.u003.amounts", [{"text": "5万元", "kind": "money", "value": "五", "role": "benefit"}], "'五' is no number"),
    ("units.u999", {"type": "noise"}, "u999: there is no such unit"),
    ("units", [], "has no `meta` and `units`"),
    # regressions: these were stored, dropped or a traceback
    ("units.u003", None, "None is no object"),
    ("units.u003.citations", ["没有的办法"], "citation '没有的办法' is not in the unit"),
    ("units.u003.level", "x", "level 'x' is no number"),
    ("units.u005.covers", ["u999"], "covers ['u999']"),
    ("units.u003.actors", [{"text": "市"}], "no name"),
    ("units.u003.targets", [{"text": "小微企业", "concept": "small-micro", "nth": 9}], "is not in the unit 9 times"),
    (
        "units.u003.amounts",
        [{"text": "5万元", "kind": "money", "value": "NaN", "role": "benefit"}],
        "'NaN' is no number",
    ),
    ("meta.date", "2022-99-99", "date '2022-99-99' is no day"),
    ("meta.issuer", ["市政府"], "issuer ['市政府'] is no text"),
    ("extra_cuts", ["x"], "no lists of offsets"),
    ("units.u003.type", "meassure", "type 'meassure' is none of"),
    ("units.u003.modality", [], "u003: a measure needs modality"),
    (
        "units.u003.amounts",
        [{"text": "5万元", "kind": "money", "value": 5, "role": "benefit", "bound": "maximum"}],
        "bound 'maximum' is none of",
    ),
    ("units.u007.dates", [{"text": "2023年3月1日", "from": "2023-03-01", "role": "from"}], "neither start nor end"),
    ("units.u007.dates", [{"text": "2023年3月1日", "end": "soon", "role": "deadline"}], "'soon' is no day"),
]


@pytest.mark.parametrize(("where", "value", "problem"), FAULTS)
def test_a_fault_of_the_file_is_named(written: tuple[Path, Path], where: str, value: Any, problem: str) -> None:
    path, source = written
    faulty = gold()
    *above, last = where.split(".")
    place = faulty
    for key in above:
        place = place[key]
    place[last] = value
    path.write_text(json.dumps(faulty, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(AnnotationError) as caught:
        read_annotations(path, read(source))
    assert problem in str(caught.value)


@pytest.mark.parametrize(("data", "problem"), [(b"{", "is no JSON"), (b"\xff", "is no JSON"), (None, "is not there")])
def test_a_file_that_is_no_annotation_is_named(tmp_path: Path, data: bytes | None, problem: str) -> None:
    path = tmp_path / "gold.json"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(AnnotationError, match=problem):
        read_annotations(path, read(HENAN))


def test_files_are_named_after_the_source_and_never_clash(tmp_path: Path) -> None:
    for name, number in (("a/n.txt", "1号"), ("b/n.md", "2号"), ("c/n.md", "3号"), ("c/other.txt", "4号")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(NOTICE.read_text(encoding="utf-8").replace("8号", number), encoding="utf-8")
    store = Store.memory()
    build([tmp_path], store)
    names = sorted(path.name for path in write_annotations(store, tmp_path / "out"))
    assert len(set(names)) == 4
    assert "other.json" in names
    assert "n.txt.json" in names


def test_a_file_named_like_anothers_annotations_is_not_overwritten(tmp_path: Path) -> None:
    # regression: a.txt.txt has the stem a.txt, which a.txt has for its name
    for n, name in enumerate(("a.txt", "a.md", "a.txt.txt")):
        text = NOTICE.read_text(encoding="utf-8").replace("8号", f"{n}号")
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = Store.memory()
    build([tmp_path], store)
    assert len({path.name for path in write_annotations(store, tmp_path / "out")}) == 3
