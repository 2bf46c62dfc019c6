"""Does a question stay quick when many documents name the same bodies? `python benchmarks/questions.py [DOCUMENTS]`."""

import sys
import tempfile
import time
from pathlib import Path

from zhengce.graph.batch import build
from zhengce.graph.store import Store
from zhengce.queries import KnowledgeGraph, questions

EXAMPLE = Path(__file__).parent.parent / "examples" / "henan-2022-14.txt"


def store_of(documents: int, folder: Path) -> KnowledgeGraph:
    """A store of the example document under that many numbers: the same bodies, places and units in each graph."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for n in range(documents):
        (folder / f"{n}.txt").write_text(text.replace("14号", f"{n + 1}号"), encoding="utf-8")
    store = Store.memory()
    build([folder], store, jobs=2)
    return KnowledgeGraph(store)


def main() -> None:
    """Print rows and seconds of each question at a size and at four times that; linear is a ratio of about four."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as four:
        graphs = [store_of(documents, Path(one)), store_of(4 * documents, Path(four))]
    print(f"{'question':16} {'rows':>7} {'seconds':>8} {'rows':>7} {'seconds':>8} {'ratio':>6}")
    for name in questions():
        measured = []
        for graph in graphs:
            start = time.perf_counter()
            rows = len(graph.query(name))
            measured += [rows, time.perf_counter() - start]
        ratio = measured[3] / measured[1]
        print(f"{name:16} {measured[0]:7} {measured[1]:8.3f} {measured[2]:7} {measured[3]:8.3f} {ratio:6.1f}")


if __name__ == "__main__":
    main()
