"""The documentation is true: its commands run, its code runs, its generated pages are what the sources say.

docs/queries.md and docs/rules.md are generated here. To write them anew: ZHENGCE_WRITE_DOCS=1 pytest tests/test_docs.py
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from conftest import HENAN, ROOT
from rdflib import Graph
from zhengce.cli import app
from zhengce.extract.finders.settling import instrument_weights
from zhengce.extract.records import Document
from zhengce.graph.export import export
from zhengce.queries import Competency, KnowledgeGraph, Question, Table, arguments, competencies, questions

READMES = ("README.md", "README.zh.md")
PAGES = (*READMES, *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
LEXICON = ROOT / "extract" / "lexicon"
WRITE = "ZHENGCE_WRITE_DOCS"
CURE = f"written anew by: {WRITE}=1 python -m pytest tests/test_docs.py"
CJK = re.compile("[\u4e00-\u9fff]")
# a word that could be a subcommand: `zhengce build`; not `zhengce-store`, `import zhengce` or `zhengce.build`
CALLED = re.compile(r"(?<![\w./-])zhengce (?P<name>[a-z][a-z-]*)(?: (?P<next>[a-z-]+))?")
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.M | re.S)
TITLE = re.compile(r'title="([^"]+)"')
RUN_BEFORE: set[tuple[tuple["Block", ...], tuple[str, ...]]] = set()
# what the READMEs call the facts of a measure
FACTS = {
    "instruments": ("instruments", "政策工具"),
    "modality": ("modality", "语气"),
    "targets": ("targets", "受益对象"),
    "quantities": ("amounts", "数量"),
    "periods": ("dates", "日期"),
    "conditions": ("conditions", "条件"),
    "shares": ("funding shares", "出资份额"),
    "changes": ("changes", "变更"),
    "actors": ("acting bodies", "行为单位"),
    "citations": ("cited titles", "引用的文件名"),
}
SHOWN_ROWS, SHOWN_CHARACTERS = 3, 48
# methods of KnowledgeGraph that are not called as their question is
HELPERS = {"co-ownership": "co_owners", "recurring": "frequencies", "restrictions": "prohibitions"}


class Block(NamedTuple):
    """A fenced block: its language, the file name that it gives (`title="…"`), its text."""

    language: str
    title: str | None
    text: str


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    found = []
    for match in FENCE.finditer(page(name)):
        language, _, rest = match["info"].partition(" ")
        title = TITLE.search(rest)
        found.append(Block(language, title[1] if title else None, match["text"]))
    return found


def commands(name: str) -> list[str]:
    """The `$ zhengce …` lines of a page, in order."""
    text = "".join(block.text for block in blocks(name) if block.language == "console")
    return [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ zhengce ")]


def cli_commands() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def write_files(name: str, folder: Path) -> None:
    """The blocks of a page that have a `title` are files of the reader's folder."""
    for block in blocks(name):
        if block.title:
            (folder / block.title).write_text(block.text, encoding="utf-8")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the pages suppose it: the example in examples/ and policies/, and its graph in zhengce-store/."""
    folder = tmp_path_factory.mktemp("docs")
    for name in ("examples", "policies"):
        (folder / name).mkdir()
        shutil.copy(HENAN, folder / name)
    assert run(["-m", "zhengce", "build", f"examples/{HENAN.name}"], folder).returncode == 0
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "reader")


# ---- what the pages show runs ----


@pytest.mark.parametrize("name", [name for name in PAGES if commands(name)])
def test_commands_run_as_written(name: str, folder: Path) -> None:
    key = (tuple(block for block in blocks(name) if block.title), tuple(commands(name)))
    if key in RUN_BEFORE:
        return  # the twin of a page that has run: the same lines in the same folder
    write_files(name, folder)
    for command in commands(name):
        done = run(["-m", *shlex.split(command, comments=True)], folder)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    RUN_BEFORE.add(key)


@pytest.mark.parametrize("name", [name for name in PAGES if "python" in {block.language for block in blocks(name)}])
def test_python_runs(name: str, folder: Path) -> None:
    write_files(name, folder)
    code = [block.text for block in blocks(name) if block.language == "python"]
    done = run(["-c", "\n".join(code)], folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", READMES)
def test_turtle_is_in_the_graph(name: str, henan_graph: KnowledgeGraph) -> None:
    shown = Graph()
    for block in blocks(name):
        if block.language == "turtle":
            shown.parse(data=block.text, format="turtle")
    stored = Graph().parse(data=export(henan_graph.store, "turtle"), format="turtle")
    assert len(shown) > 10
    assert not sorted(triple for triple in shown if triple not in stored)


@pytest.mark.parametrize("name", READMES)
def test_table_of_bodies_is_the_answer(name: str, henan_graph: KnowledgeGraph) -> None:
    shown = re.findall(r"^\| (\S+) \| ([^|]*?) \| ([^|]*?) \|$", page(name), re.M)
    answer: dict[str, tuple[list[str], list[str]]] = {}
    for row in henan_graph.departments(instrument="rent-relief"):
        places, offsets = answer.setdefault(row.agency, ([], []))
        places.append(f"{row.part} {row.provision}")
        offsets.append(row.at)
    expected = [(agency, "、".join(places), "; ".join(at)) for agency, (places, at) in answer.items()]
    assert [row for row in shown if row[0] in answer] == expected
    assert len(expected) == 10


# ---- every command is documented, and nothing else is promised ----


@pytest.mark.parametrize("command", sorted(cli_commands()))
def test_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"\bzhengce {command}\b", page("README.md"))


@pytest.mark.parametrize("command", sorted(cli_commands()))
def test_command_has_help_in_both_languages(command: str) -> None:
    found = cli_commands()[command]
    texts = {f"--{parameter.name}": parameter.help for parameter in found.params if hasattr(parameter, "help")}
    for what, text in {"": found.help, **texts}.items():
        assert CJK.search(text or ""), f"{command} {what}: no Chinese help"
        assert re.search("[A-Za-z]{2}", text or ""), f"{command} {what}: no English help"


@pytest.mark.parametrize("question", questions().values(), ids=questions())
def test_question_is_explained_in_both_languages(question: Question) -> None:
    assert CJK.search(question.zh)
    assert CJK.search(question.about_zh)
    assert not CJK.search(question.en)
    for parameter in question.parameters:
        assert CJK.search(parameter.zh)
        assert parameter.en


@pytest.mark.parametrize("name", [*PAGES, "CONTRIBUTING.md"])
def test_only_commands_that_exist_are_named(name: str) -> None:
    for match in CALLED.finditer("\n".join(code_of(page(name)))):
        assert match["name"] in cli_commands(), f"{name}: {match[0]}"
        if match["name"] == "query" and match["next"]:
            assert match["next"] in questions() or match["next"].startswith("-"), f"{name}: {match[0]}"


@pytest.mark.parametrize("name", [*PAGES, "CONTRIBUTING.md"])
def test_only_make_targets_that_exist_are_named(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)", "\n".join(code_of(page(name))))) <= targets


def code_of(text: str) -> Iterator[str]:
    """What stands in fenced blocks of commands and between backticks."""
    for match in FENCE.finditer(text):
        if match["info"].partition(" ")[0] in ("console", "sh"):
            yield match["text"]
    yield from re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


# ---- the pages agree with one another and with the tree ----


def test_readmes_have_the_same_sections_and_commands() -> None:
    english, chinese = READMES
    levels = [re.findall(r"^(#+) ", FENCE.sub("", page(name)), re.M) for name in READMES]
    assert levels[0] == levels[1]
    assert commands(english) == commands(chinese)
    assert [block.language for block in blocks(english)] == [block.language for block in blocks(chinese)]


@pytest.mark.parametrize("name", [*PAGES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", FENCE.sub("", page(name))):
        if "://" not in link:
            assert ((ROOT / name).parent / link).exists(), f"{name}: {link}"


def test_every_module_is_on_the_map() -> None:
    rooms = [ROOT / name for name in ("ontology", "extract", "graph", "queries", "serve")]
    modules = [path for room in rooms for path in room.rglob("*.py") if path.name != "__init__.py"]
    listed = page("CONTRIBUTING.md")
    missing = [str(path.relative_to(ROOT)) for path in modules if not re.search(rf"\b{path.name}`", listed)]
    assert not sorted(missing), "give each a line in the map of CONTRIBUTING.md"


@pytest.mark.parametrize("field", FACTS)
def test_readmes_say_what_is_extracted(field: str, henan: Document) -> None:
    extracted = any(getattr(measure, field) for measure in henan.measures)
    limits = (("README.md", "- Extracted:", "The ontology has"), ("README.zh.md", "- 抽取的内容：", "本体还有"))
    for (name, begin, end), word in zip(limits, FACTS[field], strict=True):
        said = " ".join(page(name).partition(begin)[2].partition(end)[0].split())
        assert (word in said) == extracted, f"{name}: {word}: extracted is {extracted}"


def test_readmes_say_what_is_not_extracted(henan: Document) -> None:
    assert "The scope of a whole document is in the ontology, but not extracted yet" in page("README.md")
    assert "整份文件的适用范围本体中有，目前不抽取" in page("README.zh.md")
    assert henan.scope is None


# ---- generated pages ----


def generated(name: str, text: str) -> None:
    """Compare a generated page with its file; with ZHENGCE_WRITE_DOCS set, write it instead."""
    path = ROOT / name
    if os.environ.get(WRITE):
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{name} is not there; {CURE}"
    assert path.read_text(encoding="utf-8") == text, f"{name} is out of date; {CURE}"


def test_queries_page_is_up_to_date(henan_graph: KnowledgeGraph) -> None:
    generated("docs/queries.md", queries_page(henan_graph))


def test_rules_page_is_up_to_date() -> None:
    generated("docs/rules.md", rules_page())


def queries_page(graph: KnowledgeGraph) -> str:
    """docs/queries.md: every question with an answer."""
    lines = [
        "# 问题 · Questions",
        "",
        f"<!-- generated from queries/rq/*.rq; {CURE} -->",
        f"本页由 `queries/rq/*.rq` 生成，请勿手改；重写：`{WRITE}=1 python -m pytest tests/test_docs.py`。",
        "This page is generated from `queries/rq/*.rq`; do not edit it. The command above writes it anew.",
        "",
        "每个问题是一个 SPARQL 文件；参数可省，省去即不限。示例答案取自 `examples/henan-2022-14.txt`，只列前"
        f" {SHOWN_ROWS} 行，长文截断，全空的列从略。",
        "Each question is one SPARQL file. A parameter left out means any. The answers are from"
        f" `examples/henan-2022-14.txt`: the first {SHOWN_ROWS} rows, long cells cut, empty columns left out.",
        "",
    ]
    lines += competency_lines(graph)
    lines += ["## 所有问题 · All questions", ""]
    lines += [f"- [`{q.name}`](#{q.name}) {q.zh} · {q.en}" for q in questions().values()]
    for question in questions().values():
        lines += ["", *question_section(question, graph)]
    return "\n".join(lines) + "\n"


def competency_lines(graph: KnowledgeGraph) -> list[str]:
    """The table of the 25 competency questions: how each is asked on the command line and in Python."""
    lines = [
        "## 二十五问 · The 25 questions",
        "",
        "先建图：`zhengce build examples/henan-2022-14.txt`。每问抄右边的命令即可；Python 中 `g = zhengce.open()`；"
        "SPARQL 在同名的小节里，把 `UNDEF` 换成值，任何 SPARQL 1.1 服务器都能运行。",
        "Build first: `zhengce build examples/henan-2022-14.txt`. Copy the command of a question; in Python,"
        " `g = zhengce.open()`; the SPARQL stands in the section of the same name: put a value in place of `UNDEF` and"
        " run it on any SPARQL 1.1 server.",
        "",
        "| 问 | 问题 · question | 命令 · command | Python | 行 · rows |",
        "|---|---|---|---|---|",
    ]
    return [*lines, *(competency_row(asks, graph) for asks in competencies()), ""]


def competency_row(asks: Competency, graph: KnowledgeGraph) -> str:
    given = arguments(asks.example)
    called = ", ".join(f'{name + "_" if name == "from" else name}="{value}"' for name, value in given.items())
    name = HELPERS.get(asks.question, asks.question.replace("-", "_"))
    rows = len(graph.query(asks.question, **given))
    command = f"zhengce query {asks.question} {asks.example}".rstrip()
    cells = (asks.number, f"{asks.zh} · {asks.en}", f"`{command}`", f"`g.{name}({called})`", str(rows))
    return f"| {' | '.join(cells)} |"


def question_section(question: Question, graph: KnowledgeGraph) -> list[str]:
    """One question: titles, explanation, parameters, example, first rows, SPARQL."""
    given = arguments(question.example)
    lines = [f"## {question.name}", "", f"**{question.zh}** · **{question.en}**", ""]
    lines += [question.about_zh, question.about_en, ""]
    if question.parameters:
        lines += ["| 参数 · parameter | 类型 · kind | 含义 · meaning |", "|---|---|---|"]
    lines += [f"| `--{p.name}` | {p.kind} | {cell(p.zh)} · {cell(p.en)} |" for p in question.parameters]
    lines += ["", "```console", f"$ zhengce query {question.name} {question.example}".rstrip(), "```", ""]
    lines += table_lines(graph.query(question.name, **given))
    lines += ["", "<details><summary>SPARQL</summary>", "", "```sparql", question.sparql.rstrip("\n"), "```"]
    return [*lines, "", "</details>"]


def table_lines(table: Table) -> list[str]:
    """The first rows of an answer as a Markdown table, less the columns that are empty in them."""
    if not table.rows:
        return ["0 行 · rows"]
    rows = table.rows[:SHOWN_ROWS]
    shown = [n for n in range(len(table.columns)) if any(row[n] not in (None, "") for row in rows)]
    lines = [f"| {' | '.join(table.columns[n] for n in shown)} |", f"|{'---|' * len(shown)}"]
    lines += [f"| {' | '.join(cell(short(row[n])) for n in shown)} |" for row in rows]
    return [*lines, "", f"{len(table)} 行 · rows"]


def rules_page() -> str:
    """docs/rules.md: every named row of every rule file."""
    tables = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(LEXICON.glob("*.toml"))}
    kinds = {name: {key: rows for key, rows in table.items() if is_rules(rows)} for name, table in tables.items()}
    total = sum(len(rows) for table in kinds.values() for rows in table.values())
    lines = [
        "# 规则 · Rules",
        "",
        f"<!-- generated from extract/lexicon/*.toml and *.tsv; {CURE} -->",
        "本页由 `extract/lexicon/*.toml` 和 `*.tsv` 生成，请勿手改；"
        f"重写：`{WRITE}=1 python -m pytest tests/test_docs.py`。",
        "This page is generated from `extract/lexicon/*.toml` and `*.tsv`; do not edit it. The command above writes"
        " it anew.",
        "",
        f"共 {total} 条规则，各带例句与反例（不得命中的句子）。提及的 `zc:rule` 是发现它的规则名：或列于此，或出自程序"
        "（如 `sentence`、`default`、`company`、`numbered-chinese`），或是学得的权重（`weights`，见页末）。"
        "字段含义见各文件开头的说明。",
        f"{total} rules, each with examples and with near misses, on which it must not fire. The `zc:rule` of a mention"
        " names what found it: a rule of this page, a step of the program (`sentence`, `default`, `company`,"
        " `numbered-chinese`), or the learned weights (`weights`, at the end). The head of each file says"
        " what its fields mean.",
    ]
    for name, table in kinds.items():
        lines += ["", f"## {name}", "", first_sentence((LEXICON / name).read_text(encoding="utf-8"))]
        for key, rows in table.items():
            lines += ["", f"### {name.removesuffix('.toml')}: {key}", ""]
            lines += [
                "| 规则 · rule | 代码 · code | 例数 · examples | 例 · example | 反例 · near miss |",
                "|---|---|---|---|---|",
            ]
            lines += [rule_line(row) for row in rows]
    return "\n".join([*lines, *weights_section()]) + "\n"


def weights_section() -> list[str]:
    """The learned weights: for each code the strings that say most for it and against it."""
    table = instrument_weights()
    loud: dict[str, list[tuple[float, str]]] = {code: [] for code in table.codes}
    for row in table.rows:
        if row.where == "sentence":
            for code, weight in row.codes:
                loud[code].append((weight, row.string))
    lines = [
        "",
        "## instrument-weights.tsv",
        "",
        f"规则 `weights`：从标注文件学得的词语权重（对数几率），共 {len(table.rows) - 1} 个字串，每个至少见于四份文件。"
        "句子的得分加上规则的信任分，达到界限者为其政策工具。各代码最有力的字串：",
        f"Rule `weights`: log-odds of {len(table.rows) - 1} strings, learned from annotated documents; each stands in"
        " four of them or more. What a sentence's strings sum to, with what its rules add, decides which instruments it"
        " uses. The strings that say most:",
        "",
        "| 代码 · code | 基数 · base | 支持 · for | 反对 · against |",
        "|---|---|---|---|",
    ]
    base = dict(next(row.codes for row in table.rows if row.where == "always"))
    for code in table.codes:
        ordered = sorted(loud[code])
        against = [f"{string} {weight:g}" for weight, string in ordered[:5] if weight < 0]
        favour = [f"{string} {weight:+g}" for weight, string in ordered[:-9:-1] if weight > 0]
        lines.append(f"| `{code}` | {base[code]:g} | {'、'.join(favour)} | {'、'.join(against)} |")
    return lines


def first_sentence(toml: str) -> str:
    """The first sentence of the comment at the head of a file."""
    head = " ".join(line.removeprefix("# ") for line in toml.partition("\n#\n")[0].splitlines() if line[:2] == "# ")
    return re.split(r"(?<=\.)\s", head, maxsplit=1)[0]


def is_rules(rows: object) -> bool:
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) and "examples" in row for row in rows)


def rule_line(row: dict[str, Any]) -> str:
    code = next((str(row[key]) for key in ("code", "concept", "role", "bound", "action", "kind") if key in row), "")
    examples, near_misses = row.get("examples", []), row.get("near_misses", [])
    example, near_miss = (cell(said(found[0])) if found else "" for found in (examples, near_misses))
    return f"| `{row.get('name', code)}` | {cell(code)} | {len(examples)} | {example} | {near_miss} |"


def said(example: object) -> str:
    """An example as text: a sentence, or a sentence → what is found in it."""
    return " → ".join(str(part) for part in example if part) if isinstance(example, list) else str(example)


def short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def cell(text: str) -> str:
    """Text as one cell of a Markdown table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;").replace("\n", " ")
