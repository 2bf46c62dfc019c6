"""What many tests share: the example document, its records, and a store with its graph."""

import os
from pathlib import Path

import pytest
from zhengce.extract.pipeline import extract
from zhengce.extract.records import Document
from zhengce.graph.batch import build
from zhengce.graph.store import Store
from zhengce.queries import KnowledgeGraph

ROOT = Path(__file__).parent.parent
HENAN = ROOT / "examples" / "henan-2022-14.txt"
NOTICE = Path(__file__).parent / "golden" / "city-notice" / "input.txt"


def recorded(path: Path, made: str) -> str:
    """What a file records; with ZHENGCE_WRITE_DOCS=1 it is written anew: read the difference before you commit."""
    if os.environ.get("ZHENGCE_WRITE_DOCS"):
        path.write_text(made, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def henan() -> Document:
    """The records of the example document."""
    return extract(HENAN)


@pytest.fixture(scope="session")
def henan_store() -> Store:
    """A store in memory with the graph of the example document."""
    store = Store.memory()
    build([HENAN], store)
    return store


@pytest.fixture(scope="session")
def henan_graph(henan_store: Store) -> KnowledgeGraph:
    """Questions to the graph of the example document."""
    return KnowledgeGraph(henan_store)
