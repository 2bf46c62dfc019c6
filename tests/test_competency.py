"""Answers that were worked by hand from the example document, before there was a graph to ask."""

from zhengce.queries import KnowledgeGraph

CITIES = (
    "郑州市310 开封市130 洛阳市230 平顶山市110 安阳市100 鹤壁市50 新乡市170 焦作市140 濮阳市90 "
    "许昌市200 漯河市70 三门峡市50 南阳市200 商丘市170 信阳市150 周口市160 驻马店市140 济源市30"
)


def test_cash_awards_for_above_scale_industrial_firms(henan_graph: KnowledgeGraph) -> None:
    rows = [r for r in henan_graph.benefits(instrument="award", target="above-scale-industrial") if r.unit == "CNY"]
    assert [(r.value, r.bound, r.part, r.provision) for r in rows] == [
        (100000, "exact", "正文", "二"),
        (200000, "exact", "正文", "二"),
    ]
    first, second = rows
    assert "停产停工" in first.conditions
    assert "满负荷生产" in first.conditions
    assert first.dates == "2022年2月15日 (deadline)"
    assert "同比增长10%以上" in second.conditions
    assert second.dates == "2022年第一季度 (period)"
    assert second.shares == "属地财政 0.5; 河南省财政 0.5" or second.shares == "河南省财政 0.5; 属地财政 0.5"


def test_growth_of_ten_per_cent_includes_the_number(henan_graph: KnowledgeGraph) -> None:
    # 以上 includes the number (民法典 1259)
    query = """SELECT ?min ?inclusive { ?m zc:quantity ?q . ?q schema:minValue ?min ; zc:minInclusive ?inclusive ;
      zc:kind/skos:notation "percent" ; zc:role/skos:notation "condition" . ?m zc:instrument/skos:notation "award" }"""
    assert [tuple(row) for row in henan_graph.sparql(query)] == [(10, True)]


def test_listing_aid_and_its_triggers(henan_graph: KnowledgeGraph) -> None:
    rows = henan_graph.benefits(instrument="equity-financing")
    said = [(r.value, r.unit, r.bound, r.basis, r.cap, r.provision) for r in rows]
    assert said == [
        (0.1, "%", "max", "融资额", "50万元", "二（七）"),
        (500000, "CNY", "max", None, None, "二（七）"),
        (500000, "CNY", "max", None, None, "三（三）"),
        (1500000, "CNY", "max", None, None, "三（三）"),
        (2000000, "CNY", "max", None, None, "三（三）"),
        (0.1, "%", "max", "融资额", "50万元", "三（三）"),
        (500000, "CNY", "max", None, None, "三（三）"),
    ]
    # 分别 pairs the amounts with the two stages in order
    assert [r.applies_to for r in rows][2:4] == ["辅导备案登记", "中国证监会（证券交易所）受理申报材料"]
    assert "在中国证监会批复同意后" in [r.conditions for r in rows][4]
    assert all("挂牌并实现融资" in r.conditions for r in rows if r.basis == "融资额")


def test_city_goals_and_their_sum(henan_graph: KnowledgeGraph) -> None:
    rows = henan_graph.goals()
    assert " ".join(f"{r.place}{r.value}" for r in rows) == CITIES
    assert sum(r.value for r in rows) == 2500
    assert {r.place: r.code for r in rows}["济源市"] == "419001"
    assert len(henan_graph.goals(place="河南省")) == 18
    assert len(henan_graph.goals(place="郑州")) == 1
    assert len(henan_graph.goals(place="河北省")) == 0


def test_processing_limits_in_workdays(henan_graph: KnowledgeGraph) -> None:
    rows = henan_graph.amounts(unit="workday", role="goal")
    assert [(r.value, r.bound) for r in rows] == [(5, "max"), (6, "max"), (60, "max"), (40, "max")]


def test_cost_sharing(henan_graph: KnowledgeGraph) -> None:
    rows = henan_graph.funding_shares()
    assert sorted((r.provision, r.payer, r.share) for r in rows) == sorted(
        [("二", "河南省财政", 0.5), ("二", "属地财政", 0.5), ("五", "河南省财政", 0.5), ("五", "市县财政", 0.5)]
    )


def test_the_voucher_extension(henan_graph: KnowledgeGraph) -> None:
    (row,) = henan_graph.changes(kind="extension")
    assert (row.changed_from, row.changed_to, row.part, row.provision) == ("2021-12-31", "2022-06-30", "附件1", "八")


def test_training_subsidies_per_person_and_year(henan_graph: KnowledgeGraph) -> None:
    rows = [r for r in henan_graph.benefits(instrument="training") if r.unit == "CNY"]
    assert [(r.value, r.per, r.applies_to) for r in rows] == [
        (5000, "person year", "中级工"),
        (6000, "person year", "高级工"),
    ]


def test_a_planned_revision_is_no_amendment(henan_graph: KnowledgeGraph) -> None:
    (row,) = henan_graph.changes(kind="revision")
    assert row.affects == "河南省省级招商引资专项资金管理办法"


def test_measures_for_a_type_and_the_broader_ones_that_cover_it(henan_graph: KnowledgeGraph) -> None:
    own = {row.begin for row in henan_graph.sparql(OWN) if row.code == "small-micro-trade"}
    rows = henan_graph.measures(target="small-micro-trade")
    covering = {code for row in rows for code in row.targets.split()}
    assert own < {row.begin for row in rows}
    assert {"small-micro-trade", "msme", "small-micro", "enterprise"} <= covering


OWN = """SELECT ?begin ?code { ?m zc:beneficiary/skos:notation ?code ; zc:evidence/nif:beginIndex ?begin }"""


def test_what_ends_by_a_day_and_what_holds_on_it(henan_graph: KnowledgeGraph) -> None:
    ended = {row.finish for row in henan_graph.timeline(until="2022-02-28")}
    assert ended == {"2021-12-31", "2022-02-15", "2022-02-28"}
    held = {(row.start, row.finish) for row in henan_graph.timeline(on="2022-03-01", role="period")}
    assert ("2022-02-16", "2022-05-31") in held
    assert all(start <= "2022-03-01" <= finish for start, finish in held)
