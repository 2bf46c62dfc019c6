"""How quickly are graph files written? `python benchmarks/exports.py [NODES] [DOCUMENTS]`.

First a graph of nodes and edges that are ready in memory, twice as many edges as nodes, so that only writing is
measured, in seconds of the processor; beside it the bare writing of the same bytes, line by line, the lines being ready
too, and a loop of f-strings that neither escapes nor checks anything. Then the full view of a store on disk, beside
reading that store (as N-Quads, in no order).
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx
import pyoxigraph as ox
import zhengce
from zhengce.graph.batch import build
from zhengce.graph.export import GRAPH_FORMATS, write_graph
from zhengce.graph.property_graph import Column, Edge, Kind, Node, PropertyGraph
from zhengce.graph.store import Store
from zhengce.queries import KnowledgeGraph

EXAMPLE = Path(__file__).parent.parent / "examples" / "henan-2022-14.txt"
TEXT = "对承租国有房屋用于经营的小微企业和个体工商户免收3个月租金，鼓励非国有房屋业主减免租金。"
MEASURE = "https://w3id.org/zhengce/id/source/0123456789abcdef0123456789abcdef/measure"
NODE_KIND = Kind(
    "measure",
    "措施",
    "measure",
    (
        Column("text", "string"),
        Column("document", "string"),
        Column("begin", "integer"),
        Column("end", "integer"),
        Column("amount", "float"),
        Column("preferred", "boolean"),
    ),
)
EDGE_KIND = Kind("uses", "采用", "uses", (Column("role", "string"), Column("weight", "integer")))


def made_up(number: int) -> Callable[[], PropertyGraph]:
    """A graph of so many nodes and twice as many edges; anew each time, so that its edges are counted each time."""

    def nodes() -> Iterator[Node]:
        for n in range(number):
            attributes = {
                "text": TEXT,
                "document": "豫政办〔2022〕14号",
                "begin": n,
                "end": n + 40,
                "amount": n / 4,
                "preferred": n % 2 == 0,
            }
            yield Node(f"{MEASURE}/{n}-{n + 40}", TEXT[:20], "measure", attributes)

    def edges() -> Iterator[Edge]:
        for n in range(2 * number):
            a, b = n // 2, n * 7919 % number
            attributes = {"role": "lead", "weight": n % 5}
            yield Edge(f"e{n}", f"{MEASURE}/{a}-{a + 40}", f"{MEASURE}/{b}-{b + 40}", "uses", "采用", attributes)

    all_nodes, all_edges = list(nodes()), list(edges())
    # the collector of garbage need not look at them again and again
    gc.freeze()
    return lambda: PropertyGraph("made up", (NODE_KIND,), (EDGE_KIND,), all_nodes.__iter__, all_edges.__iter__)


def timed(work: Callable[[], object], rounds: int = 3, clock: Callable[[], float] = time.process_time) -> float:
    """The least seconds of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


def bare(out: Path) -> float:
    """Write the lines of a file again, one by one."""
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    if out.name == "parquet":
        return float("nan")  # not lines
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines(keepends=True)]

    def write() -> None:
        with out.with_name("bare").open("w", encoding="utf-8", newline="") as file:
            for line in lines:
                file.write(line)

    return timed(write)


def loop(graph: PropertyGraph, out: Path) -> None:
    """GEXF by a loop of f-strings: no escaping, no check, no colour, no size."""
    with out.open("w", encoding="utf-8", newline="") as file:
        for node in graph.make_nodes():
            values = "".join(f'<attvalue for="{name}" value="{value}"/>' for name, value in node.attributes.items())
            file.write(f'<node id="{node.id}" label="{node.label}"><attvalues>{values}</attvalues></node>\n')
        for edge in graph.make_edges():
            values = "".join(f'<attvalue for="{name}" value="{value}"/>' for name, value in edge.attributes.items())
            file.write(
                f'<edge id="{edge.id}" source="{edge.source}" target="{edge.target}" label="{edge.label}">'
                f"<attvalues>{values}</attvalues></edge>\n"
            )


def by_networkx(graph: PropertyGraph, out: Path) -> None:
    """GEXF by networkx, from the same stream."""
    made = networkx.MultiDiGraph()
    for node in graph.make_nodes():
        made.add_node(node.id, label=node.label, kind=node.kind, **node.attributes)
    for edge in graph.make_edges():
        made.add_edge(edge.source, edge.target, key=edge.id, label=edge.label, kind=edge.kind, **edge.attributes)
    networkx.write_gexf(made, out)


def main() -> None:
    """Print the tables of docs/performance.md."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    documents = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        graph = made_up(number)
        print(f"{number} nodes, {2 * number} edges")
        print(f"{'format':10} {'MB':>6} {'seconds':>8} {'bare':>7} {'ratio':>6}")
        for format in GRAPH_FORMATS:
            out = Path(folder) / format
            seconds = timed(lambda f=format, o=out: write_graph(graph(), f, o))  # type: ignore[misc]
            least = bare(out)
            size = write_graph(graph(), format, out) / 1e6
            print(f"{format:10} {size:6.0f} {seconds:8.2f} {least:7.2f} {seconds / least:6.1f}")
        print(f"f-strings  {timed(lambda: loop(graph(), Path(folder) / 'loop')):15.2f}")
        print(f"networkx   {timed(lambda: by_networkx(graph(), Path(folder) / 'nx'), 1):15.2f}")
    with tempfile.TemporaryDirectory() as folder:
        text = EXAMPLE.read_text(encoding="utf-8")
        files = Path(folder) / "files"
        files.mkdir()
        for n in range(documents):
            (files / f"{n}.txt").write_text(text.replace("14号", f"{n + 1}号"), encoding="utf-8")
        with Store.create(Path(folder) / "store") as store:
            build([files], store, jobs=2)
        from_store(zhengce.open(Path(folder) / "store"), Path(folder), documents)


def from_store(graph: KnowledgeGraph, folder: Path, documents: int) -> None:
    """The full view of a store, format by format."""
    view, wall = graph.view("full"), time.perf_counter
    print(f"{documents} documents: {sum(1 for _ in view.nodes())} nodes, {sum(1 for _ in view.edges())} edges")
    reading = timed(lambda: graph.store._quads.dump(str(folder / "dump"), format=ox.RdfFormat.N_QUADS), 2, wall)
    print(f"reading    {reading:15.2f}")
    for format in GRAPH_FORMATS:
        seconds = timed(lambda f=format: write_graph(graph.view("full"), f, folder / f), 1, wall)  # type: ignore[misc]
        print(f"{format:10} {seconds:15.2f} {seconds / reading:6.1f}")


if __name__ == "__main__":
    main()
