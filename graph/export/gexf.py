"""GEXF 1.2, the form of Gephi, with colour by class and size by degree.

Written here and not by networkx, whose writer needs the whole graph in memory, is twenty times slower and writes the
day on which it runs. Of GEXF's versions 1.2 is the one that every reader takes.
"""

from collections.abc import Iterator

from ..property_graph import Column, EdgeBatch, NodeBatch, PropertyGraph
from .text import attributes, numbers, woven, xml

TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}
KIND, DEGREE, WEIGHT = Column("kind", "string"), Column("degree", "integer"), "weight"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<meta><creator>zhengce</creator><description>{title}</description></meta>
<graph defaultedgetype="directed" mode="static">
"""


def pieces(graph: PropertyGraph) -> Iterator[str]:
    """The file, piece by piece."""
    yield HEAD.format(title=xml([graph.title])[0])
    yield _declared("node", (KIND, DEGREE, *graph.node_columns))
    yield _declared("edge", (KIND, *(column for column in graph.edge_columns if column.name != WEIGHT)))
    yield "<nodes>\n"
    for batch in graph.node_batches():
        yield _nodes(batch)
    yield "</nodes>\n<edges>\n"
    for edges in graph.edge_batches():
        yield _edges(edges)
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(of: str, columns: tuple[Column, ...]) -> str:
    lines = (f'<attribute id="{c.name}" title="{c.name}" type="{TYPES[c.type]}"/>\n' for c in columns)
    return f'<attributes class="{of}">\n{"".join(lines)}</attributes>\n'


def _marks(column: Column) -> tuple[str, str]:
    return f'<attvalue for="{column.name}" value="', '"/>'


def _weight_marks(column: Column) -> tuple[str, str]:
    return ' weight="', '"'


def _nodes(batch: NodeBatch) -> str:
    red, green, blue = (int(batch.kind.colour[n : n + 2], 16) for n in (1, 3, 5))
    return woven(
        '<node id="',
        xml(batch.ids),
        '" label="',
        xml(batch.labels),
        f'"><attvalues><attvalue for="kind" value="{batch.kind.name}"/><attvalue for="degree" value="',
        numbers(batch.degrees),
        '"/>',
        *attributes(batch.kind.columns, batch.columns, xml, _marks),
        f'</attvalues><viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="',
        numbers(batch.sizes),
        '"/></node>\n',
    )


def _edges(batch: EdgeBatch) -> str:
    found = dict(zip(batch.kind.columns, batch.columns, strict=True))
    # the weight is an attribute of XML, the others are elements
    weights = [(column, found.pop(column)) for column in batch.kind.columns if column.name == WEIGHT]
    return woven(
        '<edge id="',
        xml(batch.ids),
        '" source="',
        xml(batch.sources),
        '" target="',
        xml(batch.targets),
        '" label="',
        xml(batch.labels),
        '"',
        *(part for column, some in weights for part in attributes([column], [some], xml, _weight_marks)),
        f'><attvalues><attvalue for="kind" value="{batch.kind.name}"/>',
        *attributes(tuple(found), tuple(found.values()), xml, _marks),
        "</attvalues></edge>\n",
    )
