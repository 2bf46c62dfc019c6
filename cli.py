"""The `zhengce` command: a thin shell over the verbs. Data goes to stdout, progress and messages to stderr.

Exit codes: 0 all is well, 1 some documents failed (or a graph breaks a shape), 2 the command was used wrongly.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .terminal import Format, ProgressBar, print_summary, print_table, say

if TYPE_CHECKING:
    from .queries import Question
    from .queries.table import Value

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="政策文件知识图谱 / Chinese policy documents as a knowledge graph that people can trust.",
)
query_app = typer.Typer(
    no_args_is_help=True,
    help="按名称提问 / Ask a named question. Each has its own --help; --list shows them all.",
)
app.add_typer(query_app, name="query")

DEFAULT_STORE = Path("zhengce-store")
StoreOption = Annotated[Path, typer.Option("--store", metavar="DIR", help="图谱库的文件夹 / folder of the store")]
JobsOption = Annotated[int, typer.Option("--jobs", min=1, help="进程数 / number of processes")]


class GraphFormat(StrEnum):
    """Formats of graph files."""

    gexf = "gexf"
    graphml = "graphml"
    cyjs = "cyjs"
    cx2 = "cx2"
    neo4j_csv = "neo4j-csv"
    cypher = "cypher"
    csv = "csv"
    parquet = "parquet"
    jsonld = "jsonld"
    turtle = "turtle"
    nquads = "nquads"
    trig = "trig"
    html = "html"


class ViewName(StrEnum):
    """Views of the graph."""

    responsibility = "responsibility"
    targets = "targets"
    documents = "documents"
    full = "full"


FormatOption = Annotated[Format, typer.Option("--format", help="输出格式 / output format")]


def _without_filters(command: Callable[..., None]) -> None:
    """Take `**filters` out of the signature from which the options of a command are made."""
    given = inspect.signature(command, eval_str=True).parameters.values()
    own = [parameter for parameter in given if parameter.kind is not inspect.Parameter.VAR_KEYWORD]
    command.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in own}


def _add_filters(command: Callable[..., None]) -> None:
    """Give a command that takes `**filters` the options of the question `measures`."""
    options = _filters()
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [*inspect.signature(command).parameters.values(), *options]
    )
    command.__annotations__.update({option.name: option.annotation for option in options})


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹 / files and folders", metavar="FILE|DIR...")],
    store: StoreOption = DEFAULT_STORE,
    jobs: JobsOption = 1,
    replace: Annotated[
        bool, typer.Option("--replace", help="重建手工标注的图 / also replace hand-made graphs")
    ] = False,
) -> None:
    """从文件建立图谱 / Build the graph of documents into a store; a bad file never stops the rest."""
    from .graph.batch import build, files_of
    from .graph.store import Store

    files = files_of(paths)
    if not files:
        raise typer.BadParameter(f"there are no files in {', '.join(map(str, paths))}")
    with Store.create(store) as target, ProgressBar(len(files)) as advance:
        report = build(paths, target, jobs=jobs, progress=advance, replace=replace)
    print_summary(report)
    if report.failed:
        raise typer.Exit(1)


@app.command()
def extract(path: Annotated[Path, typer.Argument(help="文件 / file", metavar="FILE")]) -> None:
    """输出一份文件的抽取结果（JSON）/ Print what one document states, as JSON records."""
    from .extract.pipeline import extract
    from .extract.schema import to_json

    sys.stdout.write(json.dumps(to_json(extract(path)), ensure_ascii=False, indent=1) + "\n")


@app.command()
def text(path: Annotated[Path, typer.Argument(help="文件 / file", metavar="FILE")]) -> None:
    """输出文件的文字，所有位置都指向它 / Print the text of a file, to which all offsets refer."""
    from .extract.readers import read

    # as bytes: nothing may turn its line ends into others
    sys.stdout.buffer.write(read(path).text.encode("utf-8", "surrogatepass"))


@app.command()
def explain(
    path: Annotated[Path, typer.Argument(help="文件 / file", metavar="FILE")],
    at: Annotated[int, typer.Option("--at", min=0, metavar="OFFSET", help="字符位置（码点）/ code point of the text")],
    format: FormatOption = Format.table,
) -> None:
    """说明某处的抽取结果及其规则 / Show the sentence at a place of a document, its findings and their rules."""
    from .extract.explain import explain
    from .extract.pipeline import extract
    from .queries import Table

    document = extract(path)
    length = len(document.source.text)
    if at >= length:
        raise typer.BadParameter(f"the text has {length} characters", param_hint="--at")
    facts = explain(document, at)
    if not facts:
        say("此处没有条款、措施或责任说明 / no provision, measure or responsibility is stated here")
    rows: list[list[Value]] = [[fact.kind, fact.says, fact.quote, fact.begin, fact.end, fact.rule] for fact in facts]
    print_table(Table.of(["kind", "says", "quote", "begin", "end", "rule"], rows), format)


@app.command()
def coverage(
    path: Annotated[Path, typer.Argument(help="文件 / file", metavar="FILE")],
    format: FormatOption = Format.table,
) -> None:
    """列出只识别出政策工具的句子 / List the sentences that yielded nothing beyond an instrument."""
    from .extract.explain import coverage
    from .extract.pipeline import extract
    from .queries import Table

    document = extract(path)
    measures = coverage(document)
    rows: list[list[Value]] = [
        [m.span.begin, m.text, " ".join(cue.code for cue in m.instruments), " ".join(cue.rule for cue in m.instruments)]
        for m in measures
    ]
    print_table(Table.of(["begin", "sentence", "instruments", "rules"], rows), format)
    say(f"{len(measures)} / {len(document.measures)} 项措施 measures")


@app.command()
def validate(
    path: Annotated[Path | None, typer.Argument(help="RDF 文件 / RDF file", metavar="RDFFILE")] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="图谱库 / a whole store")] = None,
) -> None:
    """用 SHACL 形状检查图谱 / Check a graph against the SHACL shapes."""
    from .graph.store import Store
    from .graph.validate import Report, validate_file, validate_triples
    from .queries import Table

    if path is not None and store is not None:
        raise typer.BadParameter("give one RDFFILE or --store DIR, not both")
    if path is not None:
        reports = [validate_file(path)]
    else:
        opened = Store.open(store or DEFAULT_STORE)
        reports = [validate_triples(opened.triples(graph)) for graph in opened.sources()]
    total = Report(
        tuple(finding for report in reports for finding in report.violations),
        tuple(finding for report in reports for finding in report.warnings),
    )
    rows = [["violation", f.shape, f.focus, f.value, f.message] for f in total.violations]
    rows += [["warning", f.shape, f.focus, f.value, f.message] for f in total.warnings]
    if rows:
        print_table(Table.of(["severity", "shape", "focus", "value", "message"], rows), Format.table)
    say(f"{len(reports)} 个图 graphs: {len(total.violations)} 处违规 violations, {len(total.warnings)} 处提示 warnings")
    if total.violations:
        raise typer.Exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"zhengce {version('zhengce')}\n")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本 / show the version")
    ] = False,
) -> None:
    """政策文件知识图谱 / Chinese policy documents as a knowledge graph that people can trust."""


@query_app.callback(invoke_without_command=True)
def query(
    context: typer.Context,
    listed: Annotated[bool, typer.Option("--list", help="列出所有问题 / list all questions")] = False,
    format: FormatOption = Format.table,
) -> None:
    """按名称提问 / Ask a named question of the graph."""
    from .queries import Table, questions

    if listed:
        rows = [[q.name, q.zh, q.en, " ".join(f"--{p.name}" for p in q.parameters)] for q in questions().values()]
        print_table(Table.of(["name", "zh", "en", "parameters"], rows), format)
    elif context.invoked_subcommand is None:
        say(context.get_help())


def _options_of(question: Question) -> list[inspect.Parameter]:
    """The typed parameters of a question as options, each None unless given."""
    return [
        inspect.Parameter(
            f"{p.name}_",  # --from: a word of Python
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                str | None, typer.Option(f"--{p.name}", metavar=p.kind.upper(), help=f"{p.zh} / {p.en}")
            ],
        )
        for p in question.parameters
    ]


def _question_command(question: Question) -> Callable[..., None]:
    """A command for one question, its options made from the question's typed parameters."""

    def command(**given: Any) -> None:
        from .queries import KnowledgeGraph

        store, format = given.pop("store"), given.pop("format")
        print_table(KnowledgeGraph.open(store).query(question.name, **given), format)

    text = inspect.Parameter.KEYWORD_ONLY
    options = _options_of(question)
    options.append(inspect.Parameter("store", text, default=DEFAULT_STORE, annotation=StoreOption))
    options.append(inspect.Parameter("format", text, default=Format.table, annotation=FormatOption))
    command.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    command.__annotations__ = {option.name: option.annotation for option in options}
    return command


def _add_questions() -> None:
    from .queries.catalog import questions

    for name, question in questions().items():
        example = f"zhengce query {name} {question.example}"
        help_text = (
            f"{question.zh} / {question.en}\n\n{question.about_zh}\n\n{question.about_en}\n\n例 example: {example}"
        )
        query_app.command(name, help=help_text, short_help=f"{question.zh} / {question.en}")(
            _question_command(question)
        )


@app.command()
def sparql(
    query: Annotated[str, typer.Argument(help="SPARQL 查询，或 @文件 / a query, or @FILE", metavar="QUERY|@FILE")],
    store: StoreOption = DEFAULT_STORE,
    format: FormatOption = Format.table,
) -> None:
    """执行 SPARQL 查询 / Answer a SPARQL 1.1 query over all documents."""
    from .queries import KnowledgeGraph

    text = query
    if query.startswith("@"):
        try:
            text = Path(query[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise typer.BadParameter(f"{query[1:]} cannot be read as UTF-8 text ({error})") from None
    try:
        table = KnowledgeGraph.open(store).sparql(text)
    except SyntaxError as error:
        raise typer.BadParameter(f"this is no SPARQL query: {error}") from None
    print_table(table, format)


def _filters() -> list[inspect.Parameter]:
    """The parameters of the question `measures` as options: the filters of what is written or drawn."""
    from .queries.catalog import question

    return _options_of(question("measures"))


@app.command()
def export(
    format: Annotated[GraphFormat, typer.Option("--format", help="图文件格式 / format of the file")],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="PATH",
            help="写到文件；neo4j-csv、csv、parquet 写到文件夹或 .zip / file to write; for neo4j-csv, csv and parquet "
            "a folder or a .zip",
        ),
    ],
    store: StoreOption = DEFAULT_STORE,
    view: Annotated[
        ViewName | None,
        typer.Option(
            "--view", help="视图（RDF 格式没有；默认 responsibility）/ view; not for RDF; else responsibility"
        ),
    ] = None,
    vocabulary: Annotated[
        bool, typer.Option("--vocabulary", help="连同词表（RDF）/ with the vocabulary (RDF)")
    ] = False,
    **filters: Any,
) -> None:
    """导出图文件或网页 / Write the graph to a file, or as a page (html); the same graph gives the same bytes."""
    from .queries import KnowledgeGraph

    graph = KnowledgeGraph.open(store)
    given = {name.removesuffix("_"): value for name, value in filters.items()}
    if format is GraphFormat.html:
        from .serve.page import write_page

        if view or vocabulary:
            raise typer.BadParameter("a page has every view and no vocabulary of its own: leave both out")
        size = write_page(graph, out, **given)
    else:
        size = graph.export(format.value, out, view.value if view else None, vocabulary, **given)
    say(f"{out}: {size:,} 字节 bytes")


class PlotKind(StrEnum):
    """Pictures."""

    responsibility = "responsibility"
    timeline = "timeline"
    amounts = "amounts"
    goals = "goals"


@app.command()
def plot(
    kind: Annotated[PlotKind, typer.Argument(help="哪种图 / which picture")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.png|svg", help="写到 / file to write")],
    store: StoreOption = DEFAULT_STORE,
    **filters: Any,
) -> None:
    """画图：责任分布、时间表、金额、各地目标 / Draw a picture: who owns what, when, how much, goals by place."""
    from .queries import KnowledgeGraph
    from .serve.plots import plot

    given = {name.removesuffix("_"): value for name, value in filters.items()}
    size = plot(KnowledgeGraph.open(store), kind.value, out, **given)
    say(f"{out}: {size:,} 字节 bytes")


# the filters become options in `main`, and only for these commands: to read the questions takes time
FILTERED: dict[str, Callable[..., None]] = {"export": export, "plot": plot}
for filtered in FILTERED.values():
    _without_filters(filtered)


@app.command("annotations")
def write_annotations(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到 / folder to write to")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """输出旁注（JSON）/ Write what the graph says of each document as stand-off JSON."""
    from .graph.annotations import write_annotations as write
    from .graph.store import Store

    for path in write(Store.open(store), out):
        say(str(path))


@app.command("import-annotations")
def import_annotations(
    gold: Annotated[Path, typer.Argument(help="手工标注 / hand-made annotations", metavar="GOLD.json")],
    source: Annotated[Path, typer.Argument(help="原文 / the source text", metavar="SOURCE.txt")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """由手工标注建立图谱 / Build the graph of hand-made annotations instead of extracting."""
    from .extract.handmade import read_annotations
    from .extract.readers import read as read_source
    from .graph.batch import BuildReport, store_document
    from .graph.store import Store

    document = read_annotations(gold, read_source(source))
    with Store.create(store) as target:
        outcome = store_document(document, source, target)
    print_summary(BuildReport([outcome]))
    if outcome.problem:
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="标注文件夹 / folder of gold annotations", metavar="GOLD_DIR")],
    scorer: Annotated[Path, typer.Option("--scorer", metavar="PATH", help="评分程序 / the scoring program")],
    errors: Annotated[str | None, typer.Option("--errors", metavar="KIND", help="列出某类错误 / list errors")] = None,
    each: Annotated[bool, typer.Option("--each", help="逐份评分 / score each document by itself")] = False,
    jobs: JobsOption = 1,
) -> None:
    """对照手工标注评分 / Measure extraction against hand-made annotations."""
    from .graph.evaluation import evaluate, gold_sources

    with ProgressBar(len(gold_sources(gold))) as advance:
        options = ("--errors", errors) if errors else ()
        text, report = evaluate(gold, scorer, options, each=each, jobs=jobs, progress=advance)
    sys.stdout.write(text)
    if report.failed:
        print_summary(report)
        raise typer.Exit(1)


def main() -> None:
    """Run the command; errors of documents, stores and questions become one line and an exit code."""
    from .extract.errors import UserError

    if len(sys.argv) > 1 and sys.argv[1] == "query":
        _add_questions()
    if len(sys.argv) > 1 and sys.argv[1] in FILTERED:
        _add_filters(FILTERED[sys.argv[1]])
    try:
        app()
    except UserError as error:
        say(str(error))
        raise SystemExit(error.exit_code) from None
    except OSError as error:
        # a file to write, for one, whose folder is not there
        say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        raise SystemExit(2) from None
