"""The views: which kinds of nodes and edges each has, with names in Chinese and English, attributes and colours."""

from dataclasses import dataclass

from ...graph.property_graph import Column, Kind

STRING, INTEGER, FLOAT, BOOLEAN = "string", "integer", "float", "boolean"


def _columns(**types: str) -> tuple[Column, ...]:
    return tuple(Column(name, type) for name, type in types.items())


# where the text says it: the document, and code points of its preferred source text
_PLACE = _columns(document=STRING, begin=INTEGER, end=INTEGER)
_CODED = _columns(code=STRING, label_en=STRING)

NODE_KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "document",
            "政策文件",
            "document",
            _columns(
                number=STRING, date=STRING, issuers=STRING, place=STRING, in_force_from=STRING, in_force_until=STRING
            ),
            "#4e79a7",
        ),
        Kind("text", "源文本", "source text", _columns(file=STRING, media_type=STRING, length=INTEGER), "#bab0ac"),
        Kind("cited", "被引文件", "cited document", _columns(number=STRING), "#a0cbe8"),
        Kind("part", "附件", "attachment", _columns(document=STRING, position=INTEGER), "#86bcb6"),
        Kind(
            "provision",
            "条款",
            "provision",
            (*_columns(title=STRING, path=STRING, part=STRING, level=INTEGER), *_PLACE),
            "#59a14f",
        ),
        Kind(
            "measure",
            "措施",
            "measure",
            (
                *_columns(
                    text=STRING,
                    part=STRING,
                    provision=STRING,
                    instruments=STRING,
                    instrument_names=STRING,
                    modality=STRING,
                    modality_names=STRING,
                    targets=STRING,
                    target_names=STRING,
                ),
                *_PLACE,
            ),
            "#f28e2b",
        ),
        Kind("agency", "机构", "agency", _columns(spellings=STRING, admin_level=STRING), "#e15759"),
        Kind("group", "机构群体", "group of agencies", _columns(spellings=STRING, admin_level=STRING), "#ff9d9a"),
        Kind("target", "对象", "target", (*_CODED, *_columns(broader=STRING)), "#b07aa1"),
        Kind("instrument", "政策工具", "instrument", (*_CODED, *_columns(broader=STRING)), "#edc948"),
        Kind("place", "地点", "place", _columns(code=STRING, admin_level=STRING), "#9c755f"),
        Kind(
            "quantity",
            "数量",
            "quantity",
            (
                *_columns(
                    quantity_kind=STRING,
                    quantity_role=STRING,
                    amount=FLOAT,
                    amount_min=FLOAT,
                    amount_max=FLOAT,
                    bound_included=BOOLEAN,
                    approximate=BOOLEAN,
                    lexical=STRING,
                    unit=STRING,
                    unit_name=STRING,
                    per=STRING,
                    applies_to=STRING,
                    basis=STRING,
                ),
                *_PLACE,
            ),
            "#76b7b2",
        ),
        Kind(
            "period",
            "时段",
            "date or period",
            (
                *_columns(temporal_role=STRING, starts=STRING, ends=STRING, yearly_start=STRING, yearly_end=STRING),
                *_PLACE,
            ),
            "#8cd17d",
        ),
        Kind("condition", "条件", "condition", (*_columns(text=STRING, measured_by=STRING), *_PLACE), "#499894"),
        Kind("funding-share", "出资份额", "share of a cost", (*_columns(share=FLOAT), *_PLACE), "#d4a6c8"),
        Kind("change", "变更", "change", (*_columns(change_kind=STRING, affects=STRING), *_PLACE), "#d37295"),
    )
}

_WEIGHT = _columns(weight=INTEGER)

EDGE_KINDS = {
    kind.name: kind
    for kind in (
        # agency → provision; the weight is the number of measures that this covers, position the order of naming
        Kind(
            "responsible",
            "负责",
            "is responsible for",
            (*_columns(role=STRING, position=INTEGER, note=STRING), *_WEIGHT),
        ),
        Kind("contains", "包含", "contains", _WEIGHT),
        # from the provision; in `documents` from the document
        Kind("states", "规定", "states", _WEIGHT),
        Kind("acts", "执行", "acts in", _WEIGHT),
        Kind("uses", "采用", "uses", _WEIGHT),
        Kind("for", "面向", "is for", (*_columns(implied=BOOLEAN), *_WEIGHT)),
        Kind("has", "含", "has", _WEIGHT),
        Kind("capped-by", "上限", "is capped by", _WEIGHT),
        Kind("changed-from", "原为", "is changed from", _WEIGHT),
        Kind("changed-to", "改为", "is changed to", _WEIGHT),
        Kind("paid-by", "承担者", "is paid by", _WEIGHT),
        Kind("located-in", "地域", "is located in", _WEIGHT),
        Kind("replaced-by", "后继机构", "is replaced by", _WEIGHT),
        Kind("issued-by", "发文机关", "is issued by", _WEIGHT),
        Kind("addressed-to", "主送", "is addressed to", _WEIGHT),
        # in `full` from a measure, else from the part or document itself; in `documents` from the document, and the
        # weight counts those
        Kind("cites", "引用", "cites", _WEIGHT),
        Kind("changes", "变更", "changes", (*_columns(change_kind=STRING), *_WEIGHT)),
        # to a measure of another part of the document that says the same, as the question `restatements` finds it
        Kind("restates", "重述", "restates", (*_columns(agrees=STRING, ground=STRING, shared=STRING), *_WEIGHT)),
        Kind("text-of", "文本", "is a text of", (*_columns(preferred=BOOLEAN), *_WEIGHT)),
    )
}


@dataclass(frozen=True, slots=True)
class View:
    """A view: its names and the names of its kinds. `multi` says that two edges may join the same two nodes."""

    zh: str
    en: str
    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    multi: bool = False

    @property
    def node_kinds(self) -> tuple[Kind, ...]:
        """The kinds of its nodes."""
        return tuple(NODE_KINDS[name] for name in self.nodes)

    @property
    def edge_kinds(self) -> tuple[Kind, ...]:
        """The kinds of its edges."""
        return tuple(EDGE_KINDS[name] for name in self.edges)


VIEWS = {
    "responsibility": View(
        "责任分工：机构—条款—措施",
        "who is responsible: agency, provision, measure",
        ("document", "part", "provision", "measure", "agency", "group"),
        ("responsible", "states"),
    ),
    "targets": View(
        "对象与工具：对象—措施—政策工具",
        "whom measures are for and what they use: target, measure, instrument",
        ("measure", "target", "instrument"),
        ("for", "uses"),
    ),
    "documents": View(
        "文件往来：引用、变更、重述与各文本",
        "documents: what they cite, change and say twice, and their texts",
        ("document", "text", "cited", "change", "measure"),
        ("cites", "changes", "states", "restates", "text-of"),
        multi=True,
    ),
    "full": View(
        "全图：文件、条款、措施及其全部事实",
        "everything: documents, provisions, measures and all their facts",
        tuple(name for name in NODE_KINDS if name != "text"),
        tuple(name for name in EDGE_KINDS if name not in ("changes", "restates", "text-of")),
        multi=True,
    ),
}
