"""Titles of other documents, and the numbers behind them."""

import pytest
from zhengce.extract.finders.citations import find_citations
from zhengce.extract.pipeline import extract_source
from zhengce.extract.records import Source

# sentence → (title, number) of each citation
CITED = [
    ("修订《招商引资管理办法》。", [("招商引资管理办法", None)]),
    ("按照《关于促进就业的意见》（国发〔2019〕28号）执行。", [("关于促进就业的意见", "国发〔2019〕28号")]),
    ("贯彻《中小企业促进法》《优化营商环境条例》。", [("中小企业促进法", None), ("优化营商环境条例", None)]),
    ("落实《“十四五”促进中小企业发展规划》。", [("“十四五”促进中小企业发展规划", None)]),
    # a title inside a title belongs to it
    ("执行《关于印发《奖励办法》的通知》。", [("关于印发《奖励办法》的通知", None)]),
    ("按《划型标准》（工信部联企业[2011]300号）认定。", [("划型标准", "工信部联企业[2011]300号")]),
    # near misses: no title, an open bracket, a remark and not a number behind it
    ("制定奖励办法。", []),
    ("修订《招商引资管理办法。", []),
    ("《》", []),
    ("按照《管理办法》（以下简称《办法》）执行。", [("管理办法", None), ("办法", None)]),
]


@pytest.mark.parametrize(("sentence", "cited"), CITED)
def test_titles_and_numbers(sentence: str, cited: list[tuple[str, str | None]]) -> None:
    found = find_citations(sentence)
    assert [(c.title, c.number) for c in found] == cited
    assert all(sentence[c.begin : c.end] == c.title for c in found)


def test_the_document_s_own_parts_are_no_citations() -> None:
    text = (
        "湖州市人民政府关于养鱼的通知\n各区：\n一、养鱼。要落实《养鱼方案》和《渔业法》。\n附件：养鱼方案\n"
        "湖州市人民政府\n2022年1月1日\n附件\n养鱼方案\n一、养鱼。各区要养鱼。\n"
    )
    made = extract_source(Source(text, "f.txt", "text/plain", "utf-8", ""))
    assert [citation.title for citation in made.measures[0].citations] == ["渔业法"]


def test_titles_outside_of_measures_are_cited_by_their_place() -> None:
    # regression: only measures carried citations, so the basis of a document was lost
    text = (
        "湖州市人民政府关于养鱼的通知\n各区人民政府：\n为养鱼，根据《渔业法》（浙政发〔2019〕3号），现通知如下：\n"
        "一、总则。本通知所称渔业，是指《渔业条例》所称渔业。各区按照《养鱼办法》给予补助。\n"
        "湖州市人民政府\n2022年3月1日\n"
    )
    made = extract_source(Source(text, "f.txt", "text/plain", "utf-8", ""))
    said = [(r.citation.title, r.citation.number, r.part, r.provision) for r in made.references]
    assert said == [("渔业法", "浙政发〔2019〕3号", 0, None), ("渔业条例", None, 0, 0)]
    assert [c.title for m in made.measures for c in m.citations] == ["养鱼办法"]
