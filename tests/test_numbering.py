"""Numbers of headings and items: which are believed, how deep they stand, and numbers that are no labels."""

import pytest
from zhengce.extract.layout import clean
from zhengce.extract.numbering import find_labels


def labels(source: str) -> list[str]:
    """Each believed label with its level: `1 一、`."""
    text = clean(source)
    return [f"{x.level} {text.text[x.begin : x.end]}" for x in find_labels(text, 0, len(text.text))]


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        ("1 一、|1 二、|1 三、", "一、总则。\n二、措施。\n三、附则。"),
        ("1 一、|2 （一）|3 1.|4 （1）|5 ①|5 ②|3 2.", "一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n②己\n2.庚"),
        ("1 一、|2 （一）|2 （二）|1 二、|2 （三）|2 （四）", "一、甲\n（一）乙\n（二）丙\n二、丁\n（三）戊\n（四）己"),
        ("1 一、|2 1.|2 2.|1 二、|2 1.|2 2.", "一、甲\n1.乙\n2.丙\n二、丁\n1.戊\n2.己"),
        ("1 一、|2 1.|2 2.|1 二、|2 3.", "一、甲\n1．乙\n2．丙\n二、丁\n3．戊"),  # wide full stop
        ("1 第一章|2 第一条|2 第二条|1 第二章|2 第三条", "第一章 甲\n第一条 乙\n第二条 丙\n第二章 丁\n第三条 戊"),
        ("1 第一条|2 （一）|2 （二）|1 第二条", "第一条 甲：\n（一）乙；\n（二）丙。\n第二条 丁。"),
        ("1 第九十九条|1 第一百条|1 第一百零一条", "第九十九条 甲\n第一百条 乙\n第一百零一条 丙"),
        ("1 第1条|1 第2条", "第1条 甲。\n第2条 乙。"),
        ("1 1、|1 2、|1 3、", "1、甲\n2、乙\n3、丙"),
        ("1 1.|1 2.", "1.2022年6月底前完成清退。\n2.2023年全面实施。"),  # a year behind a label was a decimal
        ("1 1、|1 2、", "1、50万元以上的项目给予奖励。\n2、100万元以上的加倍。"),
        ("1 ⒈|1 ⒉", "⒈甲\n⒉乙"),
        ("1 ⑴|1 ⑵", "⑴甲\n⑵乙"),
        ("1 1.|2 1）|2 2）|1 2.", "1.甲\n1）乙\n2）丙\n2.丁"),
        ("1 （1）|2 1）|1 （2）", "（1）甲\n1)乙\n(2)丙"),  # two kinds of bracket are two levels
        ("1 一、|2 1.|2 2.", "一、甲。1.乙。2.丙。"),  # within one line
        ("1 1.|1 2.|1 4.|1 5.", "1.甲\n2.乙\n4.丙\n5.丁"),  # a missing number does not hide the rest
        ("1 一、|1 二、", "**一、甲**\n\n**二、乙**"),
        ("1 一.|1 二.", "一.甲\n二.乙"),
        ("1 1.|1 2.|1 17.|1 18.|1 19.", "1.甲\n2.乙\n17.丙\n18.丁\n19.戊"),  # an excerpt
        ("1 1.", "1.甲\n25.丙\n26.丁"),  # two are no run
        ("1 1.|1 2.|1 3.", "1.甲项目\n2.121人才梯队项目\n3.5125培养计划"),  # a name of digits behind a label
        ("1 1|2 1.1|2 1.2|3 1.2.1|1 2|2 2.1", "1 总则\n1.1 目的\n1.2 范围\n1.2.1 企业\n2 措施\n2.1 补贴"),
        ("1 一、|2 1.1|2 1.2|1 二、|2 2.1", "一、甲\n1.1乙\n1.2丙\n二、丁\n2.1戊"),
        ("1 1.|2 1.1|2 1.2|1 2.|2 2.1", "1.甲\n1.1乙\n1.2丙\n2.丁\n2.1戊"),
        ("1 1.1|1 1.2|2 （1）|2 （2）|1 2.1", "1.1甲\n1.2乙\n（1）丙\n（2）丁\n2.1戊"),
    ],
)
def test_labels(expected: str, source: str) -> None:
    assert labels(source) == expected.split("|")


@pytest.mark.parametrize(
    "source",
    [
        "1.5倍于基准利率的部分不予贴息。",
        "按基准利率\n1.5倍贴息",
        "2022年新增贷款5亿元。",
        "走“1+3”发展道路。",
        "到2025年，完成3.5万户改造。",
        "3、5号线沿线商户",
        "一是加强领导，二是落实责任。",
        "按照第三条规定执行。",
        "包括设计、制造、\n一、二类设备和材料企业",  # a wrapped enumeration was a heading
        "第一时间响应。",
        "（含5%）",
        "《渔业条例》（国发〔2019〕28号）第一条同时废止。",  # was the first article
        "一季度增长5%。",
        "经第五条第（一）（二）项规定的人员审核。",
        "按照前述规定（1）款办理。",
        "1.25亿元以上的\n2.35万平方米的",
        "按\n1.15个百分点补贴",
        "补贴标准为\n1.1倍基数，\n1.2倍封顶。",
        "面积为\n2.1万平方米的厂房",
        "按照标准\n3.5设备投资额补助。",  # a decimal without a 3.1 before it
        "增长\n1 家以上。",  # a number alone on a line's start, with no 1.1
    ],
)
def test_no_label(source: str) -> None:
    assert labels(source) == []


def test_a_number_that_does_not_fit_is_not_believed() -> None:
    assert labels("一、甲。\n二、乙。按照三、四类企业分别施策：七、八月份兑付。") == ["1 一、", "1 二、"]
