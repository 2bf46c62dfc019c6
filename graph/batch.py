"""Files → store: each document on its own, so that one bad one stops nothing."""

import dataclasses
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from ..extract.errors import DocumentError
from ..extract.pipeline import extract_item
from ..extract.readers import Item, file_name, items
from ..extract.records import Document
from ..ontology.terms import DCT
from .iris import DEFAULT_BASE
from .store import DATA_FOLDER, REJECTED_FOLDER, Store
from .triples import to_graph
from .validate import Finding, Report, validate

# documents that are taken out of their files before they are needed, for each process
AHEAD = 4
SPAWN = multiprocessing.get_context("spawn")
REPORT_IT = "This is a fault of zhengce: please report it with the file."
STORED, FAILED, REJECTED = "stored", "failed", "rejected"
SAME_TEXT, KEPT = "same-text", "kept"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its graph as sorted N-Triples and what it holds, or why there is none.

    `path` is that of its file; of a document in an archive or table, with `/` and its place there; `name` is that
    without the folders. `state` is stored, failed (not read), rejected (its graph breaks a shape), same-text (as
    another file's) or kept (the store has a hand-made graph of the text).
    """

    path: Path
    state: str
    name: str = ""
    source: str = ""
    document: str = ""
    title: str = ""
    triples: str = ""
    provisions: int = 0
    measures: int = 0
    agencies: int = 0
    violations: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    problem: str = ""
    cure: str = ""
    notice: str = ""


@dataclass
class BuildReport:
    """The outcomes of a build in the order of the files, and what a person should know of the store after it."""

    outcomes: list[Outcome] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Did any file give no graph?"""
        return any(outcome.state in (FAILED, REJECTED) for outcome in self.outcomes)

    def total(self, name: str) -> int:
        """Sum of a count (provisions, measures, agencies, violations, warnings) over the outcomes."""
        values = (getattr(outcome, name) for outcome in self.outcomes)
        return sum(value if isinstance(value, int) else len(value) for value in values)


def software() -> str:
    """Name and version, as every source text in a graph carries it."""
    return f"zhengce {version('zhengce')}"


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files of files and folders (with their folders; hidden ones and stores left out), each once, sorted.

    What cannot be read stays in the list and becomes a failure that names it: a path that is not there, a folder that
    may not be listed, a link that leads nowhere. Links to folders are not followed, pipes and devices left out.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(file for file in _inside(path) if not _left_out(file, path))
        else:
            found.add(path)
    return sorted(found)


def _inside(folder: Path) -> Iterator[Path]:
    """The files below a folder, and the folders below it that may not be listed."""
    closed: list[Path] = []
    for place, _, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        for name in names:
            file = Path(place, name)
            if file.is_file() or (file.is_symlink() and not file.exists()):
                yield file
    yield from closed


def _left_out(file: Path, folder: Path) -> bool:
    """Is a file of a folder hidden, or part of a store?"""
    inside = file.relative_to(folder)
    stores = (folder.joinpath(*inside.parts[:n]) / DATA_FOLDER for n in range(len(inside.parts)))
    return any(part.startswith(".") for part in inside.parts) or any(store.is_dir() for store in stores)


def graph_of(document: Document, path: Path, base: str) -> Outcome:
    """Triples of one document, checked."""
    graph = to_graph(document, base, software())
    report: Report = validate(graph, document.source)
    lines = sorted(line for line in graph.serialize(format="nt").split("\n") if line)
    return Outcome(
        path,
        STORED if report.conforms else REJECTED,
        document.source.name,
        source=str(graph.identifier),
        document=str(graph.value(graph.identifier, DCT.isFormatOf)),
        title=document.title.value if document.title else "",
        triples="\n".join(lines),
        provisions=len(document.provisions),
        measures=len(document.measures),
        agencies=len({assignment.agent.name for assignment in document.assignments}),
        violations=report.violations,
        warnings=report.warnings,
        problem="" if report.conforms else f"its graph breaks {len(report.violations)} rules of the ontology.",
        cure="" if report.conforms else "See the report beside the rejected graph.",
    )


def build_one(item: Path | Item, base: str = DEFAULT_BASE) -> Outcome:
    """Read, extract, write and check one document. Never raises for what is wrong with it."""
    if isinstance(item, Path):
        item = Item(item, file_name(item))
    try:
        return graph_of(extract_item(item), item.path, base)
    except DocumentError as error:
        return Outcome(item.path, FAILED, item.name, problem=error.problem, cure=error.cure)
    except Exception as error:  # one bad document never stops a batch
        problem = f"could not be worked on ({type(error).__name__}: {error})."
        return Outcome(item.path, FAILED, item.name, problem=problem, cure=REPORT_IT)


def build(
    paths: Iterable[Path],
    store: Store,
    jobs: int = 1,
    base: str = DEFAULT_BASE,
    progress: Callable[[Outcome], None] = lambda outcome: None,
    replace: bool = False,
) -> BuildReport:
    """Build the graphs of files and folders into a store; `progress` is called after each file.

    The result does not depend on `jobs` (processes): graphs are stored in the order of the files. A graph that was made
    by hand stays unless `replace` is given.
    """
    report = BuildReport()
    seen: dict[str, Path] = {}
    for outcome in _outcomes(files_of(paths), jobs, base):
        kept = _keep(outcome, store, seen, replace)
        report.outcomes.append(kept)
        progress(kept)
    store.flush()
    report.notices += _several_texts(store)
    return report


def store_document(document: Document, path: Path, store: Store, base: str = DEFAULT_BASE) -> Outcome:
    """Check the records of one document and store their graph."""
    outcome = _keep(graph_of(document, path, base), store, {}, replace=True)
    store.flush()
    return outcome


def _keep(outcome: Outcome, store: Store, seen: dict[str, Path], replace: bool) -> Outcome:
    """Store a good graph, set a rejected one aside; a text that was seen in this batch is not stored again."""
    if outcome.state == FAILED:
        return outcome
    path = str(outcome.path.resolve())
    if first := seen.get(outcome.source):
        store.record_file(path, outcome.source)
        return Outcome(
            outcome.path, SAME_TEXT, outcome.name, problem=f"has the same text as {first}; it is in the store once."
        )
    if outcome.state == REJECTED:
        if store.folder is not None:
            _set_aside(outcome, store.folder / REJECTED_FOLDER)
        return outcome
    if not replace and store.is_handmade(outcome.source):
        store.record_file(path, outcome.source)
        problem, cure = "has a hand-made graph in the store, which stays.", "Use --replace to extract it anew."
        return Outcome(outcome.path, KEPT, outcome.name, problem=problem, cure=cure)
    try:
        former = store.superseded(path, outcome.source, outcome.document, outcome.title)
        store.replace(outcome.source, outcome.document, outcome.triples, former)
        store.record_file(path, outcome.source)
    except (SyntaxError, OSError) as error:
        return Outcome(outcome.path, FAILED, outcome.name, problem=f"could not be stored ({error}).", cure=REPORT_IT)
    seen[outcome.source] = outcome.path
    return dataclasses.replace(outcome, notice="took the place of what the file said before.") if former else outcome


def _outcomes(files: Sequence[Path], jobs: int, base: str) -> Iterator[Outcome]:
    """What became of each document of the files, in their order."""
    work = partial(build_one, base=base)
    documents = (item for file in files for item in items(file))
    if jobs < 2:
        yield from map(work, documents)
        return
    ahead: deque[Item] = deque()
    try:
        with ProcessPoolExecutor(jobs, mp_context=SPAWN, initializer=_end_with_parent) as pool:
            yield from _side_by_side(pool, work, documents, ahead, jobs)
    except BrokenProcessPool:
        # a worker was killed (out of memory, say), by one of the documents that are not done: find out which
        yield from (_alone(work, item) for item in chain(ahead, documents))


def _end_with_parent() -> None:
    """Let this process end when the one that started it is killed; it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def wait() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=wait, daemon=True).start()


def _side_by_side(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], Outcome],
    documents: Iterator[Item],
    ahead: deque[Item],
    jobs: int,
) -> Iterator[Outcome]:
    """Work on documents in several processes; no more are taken out of their files than keep these busy.

    `ahead` holds the documents that were taken and are not done.
    """
    running: deque[Future[Outcome]] = deque()
    for item in documents:
        ahead.append(item)
        running.append(pool.submit(work, item))
        if len(running) >= AHEAD * jobs:
            outcome = running.popleft().result()
            ahead.popleft()
            yield outcome
    while running:
        outcome = running.popleft().result()
        ahead.popleft()
        yield outcome


def _alone(work: Callable[[Item], Outcome], item: Item) -> Outcome:
    """Work on one document in a process of its own, which may die without taking anything with it."""
    try:
        with ProcessPoolExecutor(1, mp_context=SPAWN, initializer=_end_with_parent) as pool:
            return pool.submit(work, item).result()
    except BrokenProcessPool:
        problem = "ended the process that worked on it (out of memory?)."
        return Outcome(
            item.path, FAILED, item.name, problem=problem, cure="Split it, or build it on a machine with more memory."
        )


def _set_aside(outcome: Outcome, folder: Path) -> None:
    """Keep a rejected graph and its report where a person finds them."""
    folder.mkdir(exist_ok=True)
    name = f"{outcome.path.name}-{outcome.source.rpartition('/')[2][:8]}"
    (folder / f"{name}.nt").write_text(outcome.triples + "\n", encoding="utf-8")
    lines = [f"{f.shape}\t{f.focus}\t{f.value}\t{f.message}" for f in outcome.violations]
    (folder / f"{name}.report.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _several_texts(store: Store) -> list[str]:
    """Documents of which the store holds more than one text."""
    rows = store.select(SEVERAL_TEXTS)
    return [
        f"{row['number'].value if row['number'] else row['document'].value} has {row['texts'].value} texts "
        f"({row['files'].value}); queries count {row['preferred'].value}."
        for row in rows
        if row["document"] is not None and row["texts"] is not None and row["files"] and row["preferred"]
    ]


SEVERAL_TEXTS = """SELECT ?document (SAMPLE(?n) AS ?number) (COUNT(DISTINCT ?source) AS ?texts)
       (GROUP_CONCAT(DISTINCT ?name; separator=", ") AS ?files) (SAMPLE(?best) AS ?preferred)
WHERE {
  { SELECT * WHERE { ?source dct:isFormatOf ?document ; zc:fileName ?name } ORDER BY ?name }
  ?document zc:preferredText/zc:fileName ?best
  OPTIONAL { ?document zc:documentNumber ?n }
} GROUP BY ?document HAVING (COUNT(DISTINCT ?source) > 1) ORDER BY ?document"""
