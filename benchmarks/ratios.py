"""Speed as ratios in one run: `python benchmarks/ratios.py [FILE]`. Machines differ, ratios hardly do.

Each figure is the median of several rounds in which the two sides take turns, so that a slow moment hits both.
"""

import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import pyshacl
from rdflib import Graph
from zhengce.extract.pipeline import extract_source
from zhengce.extract.readers import read as read_source
from zhengce.graph.batch import build_one
from zhengce.graph.store import Store
from zhengce.graph.triples import to_graph
from zhengce.ontology.vocabulary import read

EXAMPLE = Path(__file__).parent.parent / "examples" / "henan-2022-14.txt"
ROUNDS = 7


def turns(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Median seconds of ours and theirs, and the median ratio round by round; the first round is not counted."""
    seconds: list[tuple[float, float]] = []
    for _ in range(rounds + 1):
        pair = []
        for run in (ours, theirs):
            start = time.perf_counter()
            run()
            pair.append(time.perf_counter() - start)
        seconds.append((pair[0], pair[1]))
    seconds = seconds[1:]
    ratio = statistics.median(a / b for a, b in seconds)
    return statistics.median(a for a, _ in seconds), statistics.median(b for _, b in seconds), ratio


def started(*command: str) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    source = read_source(path)
    document = extract_source(source)
    shapes = Graph().parse(data=read("shapes.ttl"), format="turtle")
    graph = to_graph(document)

    store = Store.memory()

    def build() -> None:
        outcome = build_one(path)
        store.replace(outcome.source, outcome.document, outcome.triples)

    def shacl() -> None:
        # a fresh copy: validation in place must not find its own traces
        pyshacl.validate(Graph() + graph, shacl_graph=shapes, inplace=True)

    logging.getLogger("jieba").setLevel(logging.WARNING)
    jieba.initialize()
    rows = [
        (
            "extract everything / jieba.cut, same text",
            lambda: extract_source(source),
            lambda: list(jieba.cut(source.text)),
        ),
        ("build (read, extract, check, store) / pySHACL alone, same graph", build, shacl),
        ("zhengce --help / python -c pass", started("zhengce", "--help"), started(sys.executable, "-c", "pass")),
    ]
    print(f"{path.name}: {len(source.text):,} characters, {len(graph):,} triples, {ROUNDS} rounds\n")
    print(f"{'what':66} {'ours s':>8} {'theirs s':>9} {'ratio':>7}")
    for name, ours, theirs in rows:
        a, b, ratio = turns(ours, theirs)
        print(f"{name:66} {a:8.4f} {b:9.4f} {ratio:7.2f}")


if __name__ == "__main__":
    main()
