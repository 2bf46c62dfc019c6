"""The page in a real browser, opened from disk: it finds, shows, filters, speaks two languages, and asks nobody."""

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zhengce
from conftest import NOTICE, ROOT
from PIL import Image
from zhengce.queries import KnowledgeGraph
from zhengce.serve import write_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH (Debian: apt-get install chromium)")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
QUIET += ("--disable-component-update", "--disable-sync")
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
HOSTILE = (
    "对承租<script>window.harmed=1</script>“房屋”的小微企业免收租金</script><img src=x onerror=window.harmed=1>，"
    "每户补贴5万元。"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def henan_file(henan_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "河南 页面.html"
    write_page(henan_graph, path)
    return path


class Opened:
    """A page with what went wrong on it and what it asked for."""

    def __init__(self, browser: Any, path: Path, viewport: dict[str, int], **options: Any) -> None:
        self.context = browser.new_context(viewport=viewport, **options)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.uri = path.as_uri()
        self.open()

    def open(self) -> None:
        """Load the page anew, as one who opens the file."""
        self.page.goto("about:blank")
        self.page.goto(self.uri)

    def found(self) -> int:
        return int(self.page.locator("#count span").inner_text().split("／")[0].split(" of ")[0])

    def check(self) -> None:
        """Nothing may have gone wrong and nothing have been asked for but the file itself."""
        assert self.faults == []
        assert {url.split("#")[0] for url in self.requests} - {"about:blank"} == {self.uri}

    def close(self) -> None:
        self.context.close()
        self.check()


@pytest.fixture(scope="module")
def wide_window(browser: Any, henan_file: Path) -> Iterator[Opened]:
    opened = Opened(browser, henan_file, WIDE)
    yield opened
    opened.close()


@pytest.fixture
def wide(wide_window: Opened) -> Iterator[Opened]:
    """The example on a wide screen; the window is shared, which saves a second for each test."""
    wide_window.page.emulate_media(media="screen")
    wide_window.page.mouse.move(0, 0)
    wide_window.open()
    yield wide_window
    wide_window.check()


def test_search_finds_rent(wide: Opened, henan_graph: KnowledgeGraph) -> None:
    before = wide.found()
    wide.page.fill("#search", "房租")
    wide.page.wait_for_function("n => !document.querySelector('#count').textContent.startsWith(n)", arg=str(before))
    quotes = wide.page.locator("#list .quote").all_inner_texts()
    texts = [row.measure for row in henan_graph.measures() if "房租" in row.measure]
    assert 0 < len(texts) <= len(quotes) == wide.found() < before
    assert any("免收3个月房租" in quote for quote in quotes)
    assert "房租" in wide.page.locator("#list b").all_inner_texts()


def test_three_clicks_from_a_body_to_the_passage_on_rent(wide: Opened) -> None:
    page = wide.page
    page.click("#detail .barrow:has-text('河南省财政厅')")
    page.click("#detail .item:has-text('完善落实减税降费政策')")
    page.click("#detail .passage .sentence:has-text('房租、减半')")
    chosen = page.locator("#chosen")
    assert "承租国有资产类经营用房的免收3个月房租" in chosen.inner_text().replace("\n", "")
    assert "房租" in "".join(chosen.locator("mark.instrument").all_inner_texts())
    assert chosen.locator("mark.quantity").all_inner_texts() == ["3个月", "减半", "6个月"]
    assert chosen.locator("mark.target").all_inner_texts() == ["个体工商户", "中小微企业"]
    assert "财政厅" in page.locator(".note mark.owner").all_inner_texts()
    assert "285–340" in page.locator("#detail").inner_text()
    assert "免收3个月房租" in page.locator("#list [aria-current=true]").inner_text()
    chosen.locator("mark.instrument").hover()
    assert "relieve-rent" in page.locator("#tip").inner_text()


def test_three_clicks_in_the_graph(wide: Opened) -> None:
    def tap(label: str) -> None:
        """Click where the graph draws the node with this label."""
        at = wide.page.evaluate(
            """label => { const node = cy.nodes().filter(n => n.data('label').startsWith(label))[0];
            const box = document.getElementById('canvas').getBoundingClientRect(), p = node.renderedPosition();
            return [box.left + p.x, box.top + p.y]; }""",
            label,
        )
        wide.page.mouse.click(*at)

    for label in ("河南省财政厅", "三 加强企业融资支持", "鼓励金融机构向服务业"):
        # what the column view shows first is its middle; fit brings the rest in
        wide.page.evaluate("void cy.fit(20)")
        tap(label)
    wide.page.wait_for_selector("#chosen mark")
    assert "免抵押、免担保信用贷款" in wide.page.locator("#chosen").inner_text()


def test_filters_reduce_and_clear_restores(wide: Opened, henan_graph: KnowledgeGraph) -> None:
    all_of_them = wide.found()
    wide.page.select_option("#by-instrument", "rent-relief")
    rent = wide.found()
    assert rent == len(henan_graph.measures(instrument="rent-relief"))
    wide.page.select_option("#by-target", "individual-business")
    both = wide.found()
    assert both == len(henan_graph.measures(instrument="rent-relief", target="individual-business"))
    assert 0 < both < rent < all_of_them
    wide.page.click("#clear")
    assert wide.found() == all_of_them
    wide.page.select_option("#by-instrument", "cost")
    assert wide.found() == len(henan_graph.measures(instrument="cost"))
    wide.page.click("#clear")
    owner = wide.page.locator("#by-agency option:has-text('河南省税务局')").get_attribute("value")
    wide.page.select_option("#by-agency", owner)
    assert wide.found() == len(henan_graph.measures(agency="河南省税务局"))


def test_both_languages(wide: Opened) -> None:
    assert wide.page.evaluate("document.documentElement.lang") == "zh-CN"
    wide.page.click("#list .item >> nth=0")
    assert "政策工具" in wide.page.locator("#detail").inner_text()
    wide.page.click("#language")
    shown = wide.page.locator("#detail").inner_text()
    assert wide.page.evaluate("document.documentElement.lang") == "en"
    assert "Instrument" in shown
    assert "tax exemption" in shown
    assert "政策工具" not in shown
    wide.page.click("#language")
    assert "政策工具" in wide.page.locator("#detail").inner_text()


def test_lists_say_what_they_count(wide: Opened, henan_graph: KnowledgeGraph) -> None:
    wide.page.click("#tab-agencies")
    row = wide.page.locator("#list .row:has-text('河南省财政厅')")
    measures = len(henan_graph.measures(agency="河南省财政厅"))
    assert row.locator(".n").inner_text().endswith(f"条款 · {measures} 措施")
    row.click()
    assert wide.page.locator("#graphtitle").inner_text() == "责任单位 → 条款"
    wide.page.click("#language")
    assert row.locator(".n").inner_text().endswith(f"provisions · {measures} measures")


def test_fit_shows_the_whole_graph(wide: Opened) -> None:
    wide.page.click("#detail .barrow:has-text('河南省财政厅')")
    outside = """() => { const box = cy.elements().renderedBoundingBox();
        return box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height(); }"""
    assert wide.page.evaluate(outside)
    wide.page.click("#zoom button >> nth=2")
    assert not wide.page.evaluate(outside)


def test_it_works_by_keyboard(wide: Opened) -> None:
    page = wide.page
    page.keyboard.press("/")
    page.keyboard.type("房租补贴")
    page.wait_for_selector("#list .item:first-child b:has-text('房租补贴')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chosen mark.instrument")
    page.locator("#chosen mark").first.focus()
    assert page.locator("#tip").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#tip").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#chosen").count() == 0
    page.go_back()
    page.wait_for_selector("#chosen")


def test_all_provisions_can_be_walked(wide: Opened, henan_graph: KnowledgeGraph) -> None:
    wide.page.click("#tab-provisions")
    rows = wide.page.locator("#list .row")
    # as many as the head of the page says, also those without measures
    assert rows.count() == int(re.search(r"(\d+) 条款", wide.page.locator("#name p").inner_text())[1])  # type: ignore[index]
    wide.page.click("#list .row:has-text('0 措施') >> nth=-1")
    assert "这一条没有写出措施。" in wide.page.locator("#detail").inner_text()
    wide.page.click("#list .row:has-text('减轻房租压力')")
    assert "免收3个月房租" in wide.page.locator("#detail .passage").inner_text().replace("\n", "")


def test_the_graph_is_drawn_the_same_each_time(browser: Any, henan_file: Path) -> None:
    places = []
    for _ in range(2):
        opened = Opened(browser, henan_file, WIDE)
        places.append(opened.page.evaluate("cy.nodes().map(n => [n.id(), n.position().x, n.position().y])"))
        opened.close()
    assert len(places[0]) == 35
    assert places[0] == places[1]


def test_no_labels_of_the_overview_overlap(wide: Opened) -> None:
    # text is measured by the library: the box of a node with its label
    overlaps = wide.page.evaluate(
        """() => { const boxes = cy.nodes().map(n => n.boundingBox({includeLabels: true, includeEdges: false}));
        let found = 0; boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
          const x = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1), y = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
          if (x > 6 && y > 6) found += 1; })); return found; }"""
    )
    assert overlaps == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_a_phone(browser: Any, henan_file: Path, scheme: str) -> None:
    opened = Opened(browser, henan_file, NARROW, color_scheme=scheme, has_touch=True)
    page = opened.page

    def check() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        outside = """() => [...document.querySelectorAll('body *')].filter(e => { const r = e.getBoundingClientRect();
            return r.width && getComputedStyle(e).visibility !== 'hidden' && !e.closest('#canvas')
              && (r.right > innerWidth + 0.5 || r.left < -0.5); }).map(e => e.outerHTML.slice(0, 80))"""
        assert page.evaluate(outside) == []

    check()
    for tab in ("provisions", "agencies"):
        page.click(f"#tab-{tab}")
        check()
    page.click("#list .row:has-text('河南省财政厅')")
    check()
    page.click("#detail .item:has-text('完善落实减税降费政策')")
    check()
    page.click("#detail .passage .sentence:has-text('房租、减半')")
    check()
    page.locator("#chosen mark").last.focus()
    check()
    page.click("#views button >> nth=1")
    check()
    page.click("#language")
    for view in (0, 1, 2):
        page.click(f"#views button >> nth={view}")
        check()
    opened.close()


def test_every_measure_can_be_shown(browser: Any, henan_file: Path) -> None:
    opened = Opened(browser, henan_file, NARROW)
    shown = opened.page.evaluate(
        """() => { let worst = 0, marks = 0, lost = [];
        document.body.dataset.view = 'detail';
        for (let n = 0; n < measures.length; n += 1) {
          Object.assign(state, {kind: 'm', id: n, via: -1}); renderDetail();
          worst = Math.max(worst, document.documentElement.scrollWidth);
          marks += document.querySelectorAll('#chosen mark').length;
          if (document.getElementById('chosen').textContent.replace(/\\s/g, '') !==
              measures[n].q.replace(/\\s|\\*\\*/g, '')) lost.push(n);
        } return [measures.length, worst, marks, lost]; }"""
    )
    opened.close()
    assert shown[0] == 194
    assert shown[1] <= NARROW["width"]
    assert shown[2] > 600
    assert shown[3] == []


def test_a_document_cannot_run_a_script(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    text = NOTICE.read_text(encoding="utf-8").replace("对承租国有房屋的小微企业免收租金。", HOSTILE)
    path.write_text(text.replace("关于支持", "关于<script>支持</script>"), encoding="utf-8")
    write_page(zhengce.build(path), tmp_path / "page.html")
    opened = Opened(browser, tmp_path / "page.html", WIDE)
    opened.page.click("#list .item:has-text('免收租金')")
    assert "<script>window.harmed=1</script>" in opened.page.locator("#detail .passage").inner_text()
    assert "</script><img src=x onerror" in opened.page.locator("#detail .passage").inner_text()
    assert opened.page.evaluate("window.harmed") is None
    assert opened.page.locator("img").count() == 0
    assert opened.page.locator("script").count() == 3
    opened.close()


def test_the_chosen_sentence_is_in_sight(wide: Opened, henan_file: Path, browser: Any) -> None:
    inside = """() => { const r = document.getElementById('chosen').getBoundingClientRect();
        const b = document.getElementById('detail').getBoundingClientRect();
        return r.top >= Math.max(b.top, 0) && r.top < Math.min(b.bottom, innerHeight) - 20; }"""
    wide.page.fill("#search", "“十四五”时期")
    wide.page.wait_for_selector("#list .item:first-child b")
    wide.page.click("#list .item >> nth=0")
    assert wide.page.evaluate(inside)
    phone = Opened(browser, henan_file, NARROW)
    phone.page.evaluate("choose('m', 190)")
    assert phone.page.evaluate(inside)
    phone.close()


def test_several_documents_on_one_page(browser: Any, tmp_path: Path) -> None:
    text = NOTICE.read_text(encoding="utf-8")
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(text.replace("8号", f"{n + 10}号"), encoding="utf-8")
    write_page(zhengce.build(tmp_path), tmp_path / "page.html")
    opened = Opened(browser, tmp_path / "page.html", WIDE)
    assert opened.found() == 9
    opened.page.select_option("#by-document", "1")
    assert opened.found() == 3
    assert "临政办发〔2023〕11号" in opened.page.locator("#list .where").first.inner_text()
    opened.page.click("#tab-provisions")
    opened.page.click("#list .row:has-text('减轻房租负担')")
    assert "临政办发〔2023〕11号" in opened.page.locator("#detail .trail").inner_text()
    opened.close()


def test_print_shows_the_passage(wide: Opened) -> None:
    wide.page.click("#list .item >> nth=0")
    wide.page.emulate_media(media="print")
    assert wide.page.locator("#chosen").is_visible()
    assert not wide.page.locator("#find").is_visible()
    assert not wide.page.locator("#graph").is_visible()


def test_the_documentation_shows_the_page(wide: Opened) -> None:
    """Its picture is made here; fonts differ between machines, so it is kept and not compared."""
    kept = ROOT / "docs" / "images" / "page.png"
    if os.environ.get("ZHENGCE_WRITE_DOCS"):
        wide.page.fill("#search", "房租")
        wide.page.click("#list .item:has-text('房租、减半')")
        wide.page.mouse.move(0, 0)
        wide.page.wait_for_timeout(300)
        shown = Image.open(io.BytesIO(wide.page.screenshot())).convert("RGB")
        shown.quantize(256, dither=Image.Dither.NONE).save(kept, optimize=True)
    with Image.open(kept) as image:
        assert image.size == (WIDE["width"], WIDE["height"])
    assert kept.stat().st_size <= 200_000
