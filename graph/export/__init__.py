"""Graph files: RDF of a whole store, and a property graph in the forms of the tools that people have."""

from .files import FILE_FORMATS, FOLDER_FORMATS, GRAPH_FORMATS, ExportError, write_graph
from .rdf import FORMATS as RDF_FORMATS
from .rdf import export, write
from .tables import MissingExtraError

__all__ = [
    "FILE_FORMATS",
    "FOLDER_FORMATS",
    "GRAPH_FORMATS",
    "RDF_FORMATS",
    "ExportError",
    "MissingExtraError",
    "export",
    "write",
    "write_graph",
]
