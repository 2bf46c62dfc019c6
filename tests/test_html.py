"""Saved web pages: the article, its metadata and tables, without the page around it."""

from pathlib import Path

import pytest
from conftest import HENAN
from formats import facts
from pages import article, gov_page
from zhengce.extract.pipeline import extract, extract_source
from zhengce.extract.readers import read_data
from zhengce.extract.records import Document

TEXT = HENAN.read_text(encoding="utf-8")
TITLE = "河南省人民政府办公厅关于进一步做好惠企纾困工作促进经济平稳健康发展的通知"


def test_the_henan_page_in_gbk_gives_the_facts_of_the_text(henan: Document) -> None:
    page = gov_page(TEXT, TITLE, "豫政办〔2022〕14号", "河南省人民政府办公厅", "2022年02月09日")
    source = read_data(page.encode("gb18030"), "henan.html")
    assert (source.media_type, source.encoding) == ("text/html", "gb18030")
    assert source.data.url == "https://www.example.gov.cn/zhengce/content_14.htm"
    assert facts(extract_source(source)) == facts(henan)
    for furniture in ("打印", "责任编辑", "首页", "脚本里", "相关链接", "ICP", "索 引 号"):
        assert furniture not in source.text
