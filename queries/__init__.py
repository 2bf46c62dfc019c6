"""Questions to the graph: SPARQL files and the Python helpers over them."""

from .catalog import (
    Competency,
    ParameterError,
    Question,
    UnknownQueryError,
    arguments,
    competencies,
    question,
    questions,
)
from .knowledge_graph import BuildFailure, KnowledgeGraph
from .table import Table

__all__ = [
    "BuildFailure",
    "Competency",
    "KnowledgeGraph",
    "ParameterError",
    "Question",
    "Table",
    "UnknownQueryError",
    "arguments",
    "competencies",
    "question",
    "questions",
]
