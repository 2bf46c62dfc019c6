"""Renamed bodies: whose successor is known, and names that only end alike."""

import pytest
from zhengce.graph.bodies import successor


@pytest.mark.parametrize(
    ("now", "name"),
    [
        ("河南省农业农村厅", "河南省农业厅"),
        ("湘潭市市场监督管理局", "湘潭市工商行政管理局"),
        ("南京市六合区生态环境局", "南京市六合区环保局"),
        ("国家卫生健康委员会", "国家卫生和计划生育委员会"),
        ("农业农村部", "农业部"),
        ("河南省税务局", "河南省地方税务局"),
        ("新疆维吾尔自治区自然资源厅", "新疆维吾尔自治区国土资源厅"),
        ("河南银保监局", "河南银监局"),
        ("河南金融监管局", "河南银保监局"),
        (None, "河南省财政厅"),
        (None, "河南省农业农村厅"),
        (None, "乐山市林业农业局"),  # ends alike and is another body
        (None, "国家税务总局河南省税务局"),
        (None, "各市农业部门"),
    ],
)
def test_successor(now: str | None, name: str) -> None:
    assert successor(name) == now


def test_both_bodies_stay_and_are_linked() -> None:
    from rdflib.namespace import DCTERMS, SKOS
    from zhengce.extract.pipeline import extract_source
    from zhengce.extract.readers.writer import TextWriter
    from zhengce.graph.triples import to_graph

    writer = TextWriter()
    for line in (
        "河南省人民政府关于支持粮食生产的通知",
        "一、补贴。对种粮大户每亩补助100元。（责任单位：省农业厅）",
        "河南省人民政府",
        "2016年3月1日",
    ):
        writer.line(line)
    graph = to_graph(extract_source(writer.source(b"x", "a.txt", "text/plain")))
    names = {
        (str(graph.value(body, SKOS.prefLabel)), str(graph.value(now, SKOS.prefLabel)))
        for body, now in graph.subject_objects(DCTERMS.isReplacedBy)
    }
    assert names == {("河南省农业厅", "河南省农业农村厅")}
