"""The command as a user meets it: exit codes, data on stdout, messages on stderr, and one line for each fault."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HENAN, NOTICE, recorded
from zhengce.graph.evaluation import ScorerError, gold_sources

SCORER = """import json, sys
from pathlib import Path
for path in sorted(Path(sys.argv[2]).glob("*.json")):
    print(path.stem, len(json.loads(path.read_text(encoding="utf-8"))["measures"]), *sys.argv[3:])
"""


def zhengce(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhengce", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the example document."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    done = zhengce("build", HENAN, "--store", folder)
    assert done.returncode == 0, done.stderr
    assert "66 provisions, 194 measures" in done.stderr
    assert "0 violations, 5 warnings" in done.stderr
    return folder


def test_rent_relief_from_the_shell(store: Path) -> None:
    done = zhengce("query", "departments", "--instrument", "rent-relief", "--format", "csv", "--store", store)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert len({row["agency"] for row in rows}) == 10
    assert len({(row["agency"], row["part"], row["provision"]) for row in rows}) == 14


def test_the_help_says_that_responsibility_is_stated_for_the_provision() -> None:
    done = zhengce("query", "departments", "--help")
    assert "Responsibility is stated for the provision" in done.stdout
    assert "责任单位是就整条" in done.stdout


def test_list_table_json(store: Path) -> None:
    listed = zhengce("query", "--list")
    assert all(name in listed.stdout for name in ("departments", "measures", "provenance"))
    rows = json.loads(zhengce("query", "measures", "--modality", "forbid", "--format", "json", "--store", store).stdout)
    assert rows[0]["document"] == "豫政办〔2022〕14号"
    table = zhengce("query", "measures", "--modality", "forbid", "--store", store)
    assert "不得盲目抽贷" in table.stdout
    assert f"{len(rows)} 行 rows" in table.stderr


def test_sparql_from_text_and_file(store: Path, tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?m a <https://w3id.org/zhengce/def#Measure> }"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    for given in (query, f"@{tmp_path / 'q.rq'}"):
        assert zhengce("sparql", given, "--store", store, "--format", "csv").stdout == "n\n194\n"


@pytest.mark.parametrize("format", ["turtle", "nquads", "trig", "jsonld"])
def test_exports_are_rdf_and_the_same_twice(store: Path, tmp_path: Path, format: str) -> None:
    from rdflib import Dataset

    for name in ("one", "two"):
        assert zhengce("export", "--format", format, "--store", store, "--out", tmp_path / name).returncode == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    names = {"jsonld": "json-ld"}
    dataset = Dataset(default_union=True)
    dataset.parse(tmp_path / "one", format=names.get(format, format))
    measure = "https://w3id.org/zhengce/def#Measure"
    found = {s for s, p, o in dataset.triples((None, None, None)) if str(o) == measure}
    assert len(found) == 194


@pytest.mark.parametrize("format", ["gexf", "graphml", "cyjs", "cx2", "cypher", "neo4j-csv", "csv", "parquet"])
def test_graph_files_take_the_filters_of_questions(store: Path, tmp_path: Path, format: str) -> None:
    filters = ("--instrument", "rent-relief", "--agency", "省财政厅", "--from", "2022-01-01")
    for arguments in ((), filters[:4], filters):
        out = tmp_path / f"{len(arguments)}"
        done = zhengce("export", "--format", format, "--store", store, "--out", out, *arguments)
        # no measure on rent has a date
        assert done.returncode == (2 if len(arguments) == 6 else 0), done.stderr
        assert ("no measure fits" in done.stderr) == (len(arguments) == 6)
    files = [sorted(path.rglob("*")) if path.is_dir() else [path] for path in (tmp_path / "0", tmp_path / "4")]
    sizes = [sum(file.stat().st_size for file in some) for some in files]
    assert 0 < sizes[1] < sizes[0]
    assert not (tmp_path / "6").exists()


def test_annotations_come_from_the_graph(store: Path, tmp_path: Path) -> None:
    assert zhengce("annotations", "--store", store, "--out", tmp_path).returncode == 0
    found = json.loads((tmp_path / "henan-2022-14.json").read_text(encoding="utf-8"))
    text = HENAN.read_text(encoding="utf-8")
    assert len(found["measures"]) == 194
    assert all(text[m["start"] : m["end"]] == m["text"] for m in found["measures"])
    assert len(found["provisions"]) == 66


def test_validate_a_store_and_a_file(store: Path) -> None:
    done = zhengce("validate", "--store", store)
    assert done.returncode == 0
    assert "0 处违规 violations, 5 处提示 warnings" in done.stderr
    invalid = HENAN.parent / "invalid" / "measure-needs-modality.ttl"
    broken = zhengce("validate", invalid)
    assert broken.returncode == 1
    assert "measure-needs-modality" in broken.stdout


def test_one_bad_file_of_three(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = zhengce("build", NOTICE, tmp_path / "empty.txt", tmp_path / "none.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "empty.txt: is empty." in done.stderr
    assert "none.txt: is not there." in done.stderr
    assert done.stdout == ""
    assert "临政办发" in zhengce("query", "measures", cwd=tmp_path).stdout


def test_records_follow_the_published_schema(tmp_path: Path) -> None:
    from zhengce.extract.schema import json_schema

    done = zhengce("extract", NOTICE)
    record = json.loads(done.stdout)
    schema = json_schema()
    assert set(record) == set(schema["properties"])
    assert set(record["measures"][0]) == set(schema["$defs"]["Measure"]["properties"])
    published = Path(__file__).parent.parent / "docs" / "document.schema.json"
    assert json.loads(recorded(published, json.dumps(schema, ensure_ascii=False, indent=1) + "\n")) == schema


WRONG = [
    (["query", "nobody"], 2),
    (["query", "departments", "--instrument", "rent"], 2),
    (["query", "departments", "--colour", "red"], 2),
    (["query", "departments", "--store", "nowhere"], 2),
    (["sparql", "SELEKT", "--store", "{store}"], 2),
    (["sparql", "@nowhere.rq", "--store", "{store}"], 2),
    (["sparql", "DROP ALL", "--store", "{store}"], 2),
    (["export", "--format", "xml", "--out", "x"], 2),
    (["build", "."], 2),
    (["validate", "nowhere.ttl"], 1),
    (["extract", "nowhere.txt"], 1),
    (["import-annotations", "nowhere.json", "{notice}"], 1),
    (["evaluate", "nowhere", "--scorer", "x"], 2),
    (["explain", "{notice}", "--at", "99999"], 2),
    (["export", "--format", "turtle", "--out", "nowhere/x.ttl", "--store", "{store}"], 2),
    (["export", "--format", "turtle", "--out", "x.ttl", "--view", "full", "--store", "{store}"], 2),
    (["export", "--format", "gexf", "--out", "x.gexf", "--view", "nothing", "--store", "{store}"], 2),
    (["export", "--format", "gexf", "--out", "x.gexf", "--vocabulary", "--store", "{store}"], 2),
    (["export", "--format", "gexf", "--out", ".", "--store", "{store}"], 2),
    (["export", "--format", "csv", "--out", "{notice}", "--store", "{store}"], 2),
    (["export", "--format", "gexf", "--out", "x.gexf", "--instrument", "rent", "--store", "{store}"], 2),
    (["annotations", "--out", "/dev/null/x", "--store", "{store}"], 2),
    (["validate", "{notice}", "--store", "{store}"], 2),
    (["build"], 2),
    (["build", "{notice}", "--jobs", "0"], 2),
]


@pytest.mark.parametrize(
    ("arguments", "code"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_wrong_use_is_one_message_and_a_code(store: Path, tmp_path: Path, arguments: list[str], code: int) -> None:
    given = [argument.format(store=store, notice=NOTICE) for argument in arguments]
    done = zhengce(*given, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_version_and_explain_and_coverage() -> None:
    assert zhengce("--version").stdout == "zhengce 0.1.0\n"
    explained = zhengce("explain", NOTICE, "--at", "110", "--format", "csv")
    assert "rent-relief" in explained.stdout
    front = zhengce("explain", NOTICE, "--at", "0")
    assert "no provision, measure or responsibility" in front.stderr
    assert "项措施 measures" in zhengce("coverage", NOTICE).stderr


def test_prefixes_of_the_ontology_need_no_declaration(store: Path) -> None:
    query = "SELECT (COUNT(*) AS ?class) { ?m a zc:Measure }"
    assert zhengce("sparql", query, "--store", store, "--format", "csv").stdout == "class\n194\n"


def test_evaluate_runs_a_scorer_of_others(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "n.txt").write_bytes(NOTICE.read_bytes())
    (gold / "n.json").write_text('{"source": "n.txt", "units": {}}', encoding="utf-8")
    scorer = tmp_path / "scorer.py"
    scorer.write_text(SCORER, encoding="utf-8")
    done = zhengce("evaluate", gold, "--scorer", scorer)
    assert done.stdout == "n 3\n"
    assert zhengce("evaluate", gold, "--scorer", scorer, "--errors", "dates").stdout == "n 3 --errors dates\n"
    scorer.write_text("raise SystemExit('no gold')", encoding="utf-8")
    failed = zhengce("evaluate", gold, "--scorer", scorer)
    assert failed.returncode == 2
    assert "no gold" in failed.stderr


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScorerError, match="holds no annotation files"):
        gold_sources(tmp_path)
