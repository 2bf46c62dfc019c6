"""Saved web pages: the article, its metadata and tables, without the page around it."""

import pytest
from conftest import HENAN
from formats import facts
from pages import gov_page
from zhengce.extract.errors import UnreadableError
from zhengce.extract.pipeline import extract_source
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


# other shapes of pages: where the article is, and what must be read of it
NOTICE_PAGE = "<p>某市人民政府关于支持企业的通知</p><p>某政〔2023〕5号</p><p>各区人民政府：</p>"
NOTICE_PAGE += "<p>为支持企业发展，现通知如下：</p>"
NOTICE_PAGE += "<p>一、给予补助。对小微企业给予不超过5万元的一次性补助，由市财政局负责落实。</p>"
NOTICE_PAGE += "<p>某市人民政府</p><p>2023年5月6日</p>"
PLACES = [
    '<div class="TRS_Editor">{}</div>',
    '<div id="zoom"><div class="inner">{}</div></div>',
    '<div class="article-content">{}</div>',
    "<table width='100%'><tr><td>&nbsp;</td><td>{}</td></tr></table>",  # a page arranged by a table
    "<article>{}</article>",
    "<div><div class='no-known-name'>{}</div></div>",  # trafilatura, or the whole page
]


@pytest.mark.parametrize("place", PLACES)
def test_the_article_is_found_in_other_shapes_of_pages(place: str) -> None:
    menu = "<div class='menu'><ul><li><a href='/'>首页</a></li><li><a href='/a'>机构</a></li></ul></div>"
    body = f"{menu}{place.format(NOTICE_PAGE)}<footer>某市ICP备1号</footer>"
    page = f"<html><head><title>通知</title></head><body>{body}</body></html>"
    document = extract_source(read_data(page.encode("gb18030"), "p.html"))
    assert document.title is not None
    assert document.title.value == "某市人民政府关于支持企业的通知"
    (measure,) = [m for m in document.measures if m.quantities]
    assert measure.text == "对小微企业给予不超过5万元的一次性补助，由市财政局负责落实。"
    assert "ICP" not in document.source.text


def test_blocks_and_breaks_end_lines_and_code_line_ends_do_not() -> None:
    body = "<div>甲<b>乙</b>\n   丙<br>丁<div>戊</div>己 庚</div><p style='display: none'>隐</p>"
    body += "<!-- 注 --><p>辛&nbsp;壬&#8203;</p>"
    page = f"<html><body><div id='UCAP-CONTENT'>{body}<p>{'正文' * 40}</p></div></body></html>"
    assert read_data(page.encode(), "p.html").text.splitlines()[:5] == ["甲乙丙", "丁", "戊", "己 庚", "辛\xa0壬\u200b"]


def test_what_the_page_says_fills_only_what_the_text_does_not() -> None:
    said = {"title": "别的标题的通知", "number": "别政发〔2020〕9号", "issuer": "别市人民政府", "date": "2020年1月1日"}
    whole = extract_source(read_data(gov_page("", **said, body=NOTICE_PAGE).encode("gb18030"), "p.html"))
    assert [whole.title.value, whole.number.value, whole.date.value] == [  # type: ignore[union-attr]
        "某市人民政府关于支持企业的通知",
        "某政〔2023〕5号",
        "2023-05-06",
    ]
    bare = (
        "<p>一、给予补助。对小微企业给予不超过5万元的一次性补助，由市财政局负责落实，具体办法由市财政局另行制定。</p>"
        * 2
    )
    filled = extract_source(read_data(gov_page("", **said, body=bare).encode("gb18030"), "p.html"))
    stated = [filled.title, filled.number, filled.date, *filled.issuers]
    assert [s.value for s in stated if s] == ["别的标题的通知", "别政发〔2020〕9号", "2020-01-01", "别市人民政府"]
    assert {(s.rule, s.span) for s in stated[1:] if s} == {("page-data", None)}


# catalogues as sites shape them: a list, a definition list, rows of divs
CATALOGUES = [
    "<ul><li><b>索引号：</b>X/2023-1</li><li><b>发文机关：</b>某市人民政府</li>"
    "<li><b>成文日期：</b>2023-05-06</li><li><b>发文字号：</b>某政〔2023〕5号</li></ul>",
    "<dl><dt>索 引 号</dt><dd>X/2023-1</dd><dt>发布机构</dt><dd>某市人民政府</dd>"
    "<dt>生成日期</dt><dd>2023-5-6 08:30</dd><dt>文　　号</dt><dd>某政〔2023〕5号</dd></dl>",
    "<div class='x'><div>索引号：X/2023-1</div><div>发文单位：某市人民政府</div>"
    "<div>印发日期：2023年5月6日</div><div>发文字号：某政〔2023〕5号</div></div>",
    "<table><tr><th>索引号</th><td>X</td><th>主题分类</th><td></td></tr>"
    "<tr><th>发文机关</th><td>某市人民政府</td><th>成文日期</th><td>2023.5.6</td></tr>"
    "<tr><th>发文字号</th><td>某政〔2023〕5号</td><td></td><td></td></tr></table>",
]


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_catalogue_is_read_in_the_shapes_that_sites_give_it(catalogue: str) -> None:
    page = f"<html><body>{catalogue}<div id='UCAP-CONTENT'><p>{'正文' * 40}</p></div></body></html>"
    data = read_data(page.encode(), "p.html").data
    assert (data.number, data.issuer, data.date) == ("某政〔2023〕5号", "某市人民政府", "2023-05-06")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
def test_deep_pages_are_read_or_refused(tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 3000}{'正文' * 60}</body></html>"
    assert "正文" in read_data(page.encode(), "p.html").text
    with pytest.raises(UnreadableError, match="within one another"):
        read_data(f"<html><body>{'<div>' * 30_000}x</body></html>".encode(), "p.html")


def test_nothing_of_a_page_is_fetched_or_run() -> None:
    page = "<html><body><div id='zoom'><script>alert(1)</script><iframe src='http://127.0.0.1:9/'>框</iframe>"
    page += f"<img src='http://127.0.0.1:9/x'><p>{'正文' * 40}</p><object data='http://127.0.0.1:9/'>物</object></div>"
    assert read_data(page.encode(), "p.html").text == "正文" * 40 + "\n"


def zoom(body: str) -> str:
    page = f"<html><body><div id='zoom'>{body}<p>{'正文' * 40}</p></div></body></html>"
    return read_data(page.encode(), "p.html").text.removesuffix("正文" * 40 + "\n")


# lists as a browser numbers them, and others that it does not number
LISTS = [
    ("<ol><li>甲<li><p>乙</p><ol type='a'><li>丙</li></ol></li></ol>", "1.甲\n2.乙\na.丙\n"),
    ("<ol start='3'><li>甲</li><li value='7'>乙</li><li>丙</li></ol>", "3.甲\n7.乙\n8.丙\n"),
    ("<ol style='list-style-type: cjk-ideographic'><li>甲</li><li>乙</li></ol>", "一、甲\n二、乙\n"),
    ("<ol style='list-style:none outside'><li>甲</li></ol><ul><li>乙</li></ul>", "甲\n乙\n"),
    ("<ol><li>（一）甲</li><li>2．乙</li><li>第三条 丙</li><li></li></ol>", "（一）甲\n2．乙\n第三条 丙\n"),
]


@pytest.mark.parametrize(("body", "printed"), LISTS)
def test_lists_have_the_numbers_that_a_browser_prints(body: str, printed: str) -> None:
    assert zoom(body) == printed


def test_text_that_was_typed_keeps_its_lines() -> None:
    assert zoom("<pre>甲\n\n  <b>乙</b>丙\r\n丁</pre>戊\n己") == "甲\n乙丙\n丁\n戊己\n"


def test_marks_of_notes_are_no_part_of_the_amounts_before_them() -> None:
    marks = "".join(f"<a href='#{to}'><sup>1</sup></a>" for to in ("_ftn1", "_ednref2", "sdfootnote1sym"))
    assert zoom(f"<p>不超过50万元{marks}。<a href='#x'>丙</a></p>") == "不超过50万元。丙\n"


HEADINGS = (
    "<h1>某市人民政府</h1><h2>一、支持</h2><p>对小微企业给予不超过5万元补助。</p><h2>二、附则</h2><p>某市人民政府</p>"
)
DOCUMENTS = [
    f"<p><a href='https://a.example.cn/'>条例</a></p>{HEADINGS}",  # saved by Word
    HEADINGS.replace("附则", "<a href='#a'>附则</a>"),  # a page that leads nowhere: the column of a crawler's table
]


@pytest.mark.parametrize("body", DOCUMENTS)
def test_a_page_that_is_nothing_but_the_document_is_read_whole(body: str) -> None:
    office = "<meta name=Generator content='Microsoft Word 15 (filtered)'>" if "条例" in body else ""
    lines = read_data(f"<html><head>{office}</head><body>{body}</body></html>".encode(), "p.html").text.splitlines()
    assert lines[-5:] == ["某市人民政府", "一、支持", "对小微企业给予不超过5万元补助。", "二、附则", "某市人民政府"]
