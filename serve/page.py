"""The graph as one HTML file that opens from disk: no server, no network, nothing that a document could run.

The data stands in a block of JSON and reaches the page as text only (`textContent`). A content security policy allows
the two scripts and the one style sheet of this file, by their hashes, and nothing else. Same graph, same bytes.
"""

import base64
import hashlib
import json
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

from ..extract.errors import UserError
from ..graph.export.files import write_file
from ..queries import KnowledgeGraph
from .page_data import collect

# a browser opens this much, some 45,000 measures, in about three seconds; more is a matter for a server
MOST_BYTES = 48 * 1024 * 1024
SCRIPTS = ("base.js", "graph.js", "app.js")
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class PageError(UserError):
    """A page that would be empty or too large; the message says which filters help."""


def write_page(graph: KnowledgeGraph, out: Path, **filters: object) -> int:
    """Write the page, whole or not at all; return its size in bytes. Raises PageError, ExportError, ParameterError."""
    data = make_page(graph, **filters).encode("utf-8")

    def pour(handle: IO[bytes]) -> None:
        handle.write(data)

    return write_file(out, pour)


def make_page(graph: KnowledgeGraph, **filters: object) -> str:
    """The page of a graph as HTML; `filters` are those of the question `measures` (instrument, target, agency …).

    Raises PageError where nothing is left or the page would not open well, ParameterError for a wrong filter.
    """
    given = {name: value for name, value in filters.items() if value is not None}
    wanted = {row.iri for row in graph.query("measures", **given)} if given else None
    data = collect(graph.store, wanted)
    if not data["measures"]:
        raise PageError("There are no measures to show. Build documents first, or give other filters.")
    text = _json(data)
    if (size := len(text.encode("utf-8"))) > MOST_BYTES:
        raise PageError(
            f"The page of {len(data['documents'])} documents would hold {size / 1e6:.0f} MB of data; a browser "
            f"opens {MOST_BYTES / 1e6:.0f} MB at most. Choose a part with --instrument, --target, --agency or "
            "--document."
        )
    return _fill(data, text)


def _fill(data: dict[str, Any], text: str) -> str:
    """The template with its blocks; each is put in once, so that no text of a document is taken for a block's name."""
    style = _asset("style.css")
    library, script = _asset("cytoscape.min.js"), "".join(map(_asset, SCRIPTS))
    blocks = {
        "policy": _policy([library, script], style),
        "title": escape(_title(data)),
        "version": escape(version("zhengce")),
        "style": style,
        "data": text,
        "library": library,
        "script": script,
    }
    made = []
    for n, piece in enumerate(_asset("template.html").split("@@")):
        made.append(blocks[piece] if n % 2 else piece)
    return "".join(made)


def _title(data: dict[str, Any]) -> str:
    documents = data["documents"]
    return str(documents[0]["title"]) if len(documents) == 1 else f"{len(documents)} 份政策文件 policy documents"


def _policy(scripts: list[str], style: str) -> str:
    """The content security policy: what is in this file, by its hash, and nothing from elsewhere."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _json(data: dict[str, Any]) -> str:
    """JSON that is safe inside a script element: no character of it can end the element or start a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # a lone surrogate has no UTF-8; JSON spells it
    text = "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) if _surrogates(text) else text
    return text.translate(ESCAPES)


def _surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _asset(name: str) -> str:
    """A shipped file; line ends are \\n on every machine, or the hashes would not hold."""
    return files(__package__).joinpath("assets", name).read_bytes().decode("utf-8").replace("\r\n", "\n")
