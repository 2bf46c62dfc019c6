"""Questions to the graph: SPARQL files and the Python helpers over them."""

from .catalog import ParameterError, Question, UnknownQueryError, question, questions
from .knowledge_graph import BuildFailure, KnowledgeGraph
from .table import Table

__all__ = [
    "BuildFailure",
    "KnowledgeGraph",
    "ParameterError",
    "Question",
    "Table",
    "UnknownQueryError",
    "question",
    "questions",
]
