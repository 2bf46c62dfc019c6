"""Facts of one sentence that hang together: caps, payers, conditions' numbers, changes' dates, the document's year."""

from decimal import Decimal
from pathlib import Path

import pytest
from zhengce.extract.explain import coverage, explain
from zhengce.extract.measures import Clause
from zhengce.extract.pipeline import extract, extract_source
from zhengce.extract.readers.text import decode
from zhengce.extract.records import Document, Measure, Source

FRAME = """青川省人民政府办公厅关于支持企业发展的通知

青政办〔2022〕3号

各市人民政府：

现就有关事项通知如下：

一、加大支持力度
{sentence}
{after}
青川省人民政府办公厅
2022年5月1日
"""


def document(sentence: str, after: str = "") -> Document:
    text = FRAME.format(sentence=sentence, after=after)
    read, encoding = decode(text.encode(), "small.txt")
    return extract_source(Source(read, "small.txt", "text/plain", encoding, ""))


def measure(sentence: str) -> Measure:
    found = document(sentence).measures
    assert len(found) == 1
    return found[0]


# sentence → for each quantity the text of its cap, or None
CAPS = [
    ("按照实际投资给予不超过30%的补贴，最高不超过500万元。", ["500万元", None]),
    ("按研发费用的10%给予补助，单个企业最高100万元。", ["100万元", None]),
    ("给予贷款额1%的奖励，每户不超过20万元。", ["20万元", None]),
    # two amounts beside each other are two benefits, and a rate that decides who qualifies has no cap
    ("一等奖奖励50万元，二等奖奖励30万元。", [None, None]),
    ("对增长10%以上的企业给予20万元奖励。", [None, None]),
    ("给予30%的补贴；对新上规企业最高奖励10万元。", [None]),
]


@pytest.mark.parametrize(("sentence", "caps"), CAPS)
def test_a_rate_is_capped_by_the_amount_after_it(sentence: str, caps: list[str | None]) -> None:
    made = document(sentence)
    first = made.measures[0]
    said = [None if q.cap is None else made.source.quote(first.quantities[q.cap].span) for q in first.quantities]
    assert said == caps


SHARES = [
    ("奖补资金由省级和属地财政按照1：1比例分担。", {"青川省财政": "0.5", "属地财政": "0.5"}),
    ("所需资金由省财政与市县财政按照6：4比例分担。", {"青川省财政": "0.6", "市县财政": "0.4"}),
    (
        "所需资金由省财政、市财政、县财政按照1：1：1比例分担。",
        {"青川省财政": "0.333333", "青川省市财政": "0.333333", "青川省县财政": "0.333334"},
    ),
    # regression: rounding left the last payer less than nothing, and the whole document was refused
    (
        "所需资金由省财政、市财政、县财政、乡镇财政按照4：1：1：0比例分担。",
        {"青川省财政": "0.666666", "青川省市财政": "0.166666", "青川省县财政": "0.166668", "乡镇财政": "0"},
    ),
    # nobody is named, or the numbers do not fit
    ("按照1：1比例分担。", {}),
    ("男女比例为1：1。", {}),
]


@pytest.mark.parametrize(("sentence", "shares"), SHARES)
def test_the_payers_of_a_ratio(sentence: str, shares: dict[str, str]) -> None:
    found = {share.payer.name: str(share.share) for share in measure(sentence).shares}
    assert found == shares
    assert not found or sum(Decimal(share) for share in found.values()) == 1


@pytest.mark.parametrize(
    ("lead", "item", "roles", "modality"),
    [
        (
            "申请补助，应当符合下列条件：",
            "年接收实习人员20人以上，留用比例不低于20%；",
            ["condition", "condition"],
            "commit",
        ),
        ("申报企业基本条件：", "员工培训不少于3次；", ["condition"], "commit"),
        ("企业不得有下列行为：", "安排实习人员从事危险劳动；", [], "forbid"),
        # what is given, and what is done for others, is as it is said
        ("对符合条件的企业给予以下支持：", "新增岗位20个；", ["goal"], "commit"),
        ("应当符合下列条件：", "培训满3次的，给予补助5万元；", ["condition", "benefit"], "commit"),
        ("各区应做好以下工作：", "举办招聘会20场以上；", ["goal"], "commit"),
    ],
)
def test_an_item_says_what_its_list_is_led_in_by(lead: str, item: str, roles: list[str], modality: str) -> None:
    made = document(f"{lead}\n（一）{item}\n（二）其他情况。")
    found = next(m for m in made.measures if m.text == item)
    assert [quantity.role for quantity in found.quantities] == roles
    assert [cue.code for cue in found.modality] == [modality]


def test_from_the_day_of_issue_only_where_it_is_known() -> None:
    made = measure("自即日起至2022年12月底，免收担保费。").periods[0]
    assert (made.start, made.end, made.role) == ("2022-05-01", "2022-12-31", "period")
    undated = FRAME.format(sentence="自即日起至2022年12月底，免收担保费。", after="").replace("2022年5月1日", "")
    made = extract_source(Source(undated, "small.txt", "text/plain", "utf-8", "")).measures[0].periods[0]
    assert (made.start, made.end, made.role) == (None, "2022-12-31", "deadline")


def test_to_the_day_of_issue_only_where_it_is_known() -> None:
    sentence = "2022年1月1日至本通知发布前多缴的费用予以退还。"
    made = measure(sentence).periods[0]
    assert (made.start, made.end, made.role) == ("2022-01-01", "2022-05-01", "period")
    undated = FRAME.format(sentence=sentence, after="").replace("2022年5月1日", "")
    made = extract_source(Source(undated, "small.txt", "text/plain", "utf-8", "")).measures[0].periods[0]
    assert (made.start, made.end, made.role) == ("2022-01-01", None, "from")


def test_a_condition_knows_its_numbers_and_dates() -> None:
    found = measure("对2022年第一季度主营业务收入同比增长10%以上的工业企业，给予20万元的奖励。")
    condition = found.conditions[0]
    assert condition.measured_by == "growth"
    assert [found.quantities[n].value for n in condition.quantities] == [Decimal(10)]
    assert [found.periods[n].start for n in condition.periods] == ["2022-01-01"]


def test_a_change_knows_its_dates() -> None:
    found = measure("消费补贴政策执行期限由原定的2021年12月31日延长至6月30日。")
    change = found.changes[0]
    assert (change.kind, change.changed_from, change.changed_to) == ("extension", 0, 1)
    # the second date takes its year from the first one or the document
    assert [period.end for period in found.periods][1] == "2022-06-30"


def test_what_is_repealed_in_a_sentence_of_its_own_is_a_change() -> None:
    found = measure("原《养鱼奖励办法》（某政发〔2018〕6号）同时废止。")
    assert [(change.kind, change.affects) for change in found.changes] == [("repeal", "养鱼奖励办法")]
    assert [cue.code for cue in found.instruments] == ["rule-making"]
    assert [(cited.title, cited.number) for cited in found.citations] == [("养鱼奖励办法", "某政发〔2018〕6号")]


def test_a_missing_year_is_the_document_s() -> None:
    assert [period.end for period in measure("各市要在9月底前完成申报。").periods] == ["2022-09-30"]


def test_a_validity_of_the_document() -> None:
    found = document("对小微企业给予补贴。", "二、附则\n本通知自印发之日起施行，有效期3年。")
    assert found.in_force is not None
    assert (found.in_force.start, found.in_force.end) == ("2022-05-01", "2025-04-30")
    assert document("补贴期限不超过3个月。").in_force is None


@pytest.mark.parametrize(
    "sentence", ["最高不超过万元。", "按款金额的％给予补贴。", "截至2020年月日的企业可申请。", "给予〇〇万元奖励。"]
)
def test_lost_digits_give_no_number(sentence: str) -> None:
    found = measure(sentence)
    assert found.quantities == ()
    assert found.periods == ()


def test_a_quote_never_leaves_its_measure(henan: Document) -> None:
    for found in henan.measures:
        stated = [target for target in found.targets if not target.implied]
        facts = [*stated, *found.quantities, *found.periods, *found.actors, *found.conditions, *found.citations]
        for fact in facts:
            assert fact.span
            assert found.span.begin <= fact.span.begin < fact.span.end <= found.span.end


def test_the_city_goals_sum_to_the_floor(henan: Document) -> None:
    # 18 places, 2,500 in all, the floor that the sentence before sets for the province
    placed = [q for found in henan.measures for q in found.quantities if q.place]
    assert len({q.place for q in placed}) == 18
    assert sum(q.value for q in placed if isinstance(q.value, Decimal)) == 2500
    assert all((q.role, q.unit, q.bound) == ("goal", "家", "exact") for q in placed)


def test_a_clause_that_names_nobody_takes_the_beneficiaries_of_the_clause_before() -> None:
    made = document("对小微企业、个体工商户承租国有房屋的免收租金；承租其他房屋的，给予租金补贴。对困难的给予帮扶。")
    assert [[(t.concept, t.implied) for t in m.targets] for m in made.measures] == [
        [("small-micro", False), ("individual-business", False)],
        [("small-micro", True), ("individual-business", True)],
        [],  # the sentence before has ended
    ]
    # the evidence is where the clause before names them
    assert made.measures[1].targets[0].span == made.measures[0].targets[0].span


def test_where_a_provision_stands() -> None:
    made = document("（一）减税。对企业减税。\n1.对个体工商户免税。\n2.对农户免税。", "二、减租\n1.对企业免租。")
    assert [made.path(n) for n in range(len(made.provisions))] == [
        "一",
        "一（一）",
        "一（一）.1",
        "一（一）.2",
        "二",
        "二.1",
    ]


def test_explain_shows_the_sentence_at_a_place(henan: Document) -> None:
    text = henan.source.text
    facts = explain(henan, text.index("20 万元的财政奖励"))
    said = {(fact.kind, fact.says) for fact in facts}
    assert ("instrument", "award") in said
    assert ("quantity", "exact 200000 CNY (benefit)") in said
    assert ("funding share", "河南省财政 0.5") in said
    assert ("responsible", "济源示范区管委会") in said
    assert all(fact.rule for fact in facts)
    assert [fact.kind for fact in explain(henan, text.index("（责任单位"))] == ["responsible"] * 6
    assert explain(henan, 0) == []
    assert explain(henan, 10**9) == []


def test_explain_shows_what_was_outvoted(henan: Document) -> None:
    for measure in henan.measures:
        holding = {cue.code for cue in measure.instruments}
        lost = [fact for fact in explain(henan, measure.span.begin) if fact.kind == "outvoted instrument"]
        assert [(fact.says, fact.rule) for fact in lost] == [(cue.code, cue.rule) for cue in measure.outvoted]
        assert not holding & {cue.code for cue in measure.outvoted}
    assert any(measure.outvoted for measure in henan.measures)


def test_coverage_lists_what_yielded_little() -> None:
    made = document("强化规划引领。对小微企业给予5万元补贴。")
    assert [found.text for found in coverage(made)] == ["强化规划引领。"]


def test_a_file_is_read_the_same_twice(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text(FRAME.format(sentence="对小微企业给予5万元补贴。", after=""), encoding="utf-8")
    assert extract(path).measures == extract(path).measures


@pytest.mark.parametrize(
    ("follows", "part", "provision", "expected"),
    [(True, 0, 3, True), (False, 0, 3, False), (True, 1, 3, False), (True, 0, 4, False), (True, 0, None, False)],
)
def test_a_sentence_goes_on_where_it_follows_in_the_same_provision(
    follows: bool, part: int, provision: int | None, expected: bool
) -> None:
    before = Clause(0, 9, 0, 3, "减免房租", "", False)
    assert Clause(9, 20, part, provision, "减免房租", "", follows).goes_on_from(before) is expected


@pytest.mark.parametrize(("between", "expected"), [("", [True]), ("本措施所称企业为中小企业。", [])])
def test_a_statement_in_between_ends_what_goes_on(between: str, expected: list[bool]) -> None:
    last = document(f"对小微企业给予补贴；{between}承租其他用房的，适当提高标准。").measures[-1]
    assert last.text.startswith("承租")
    assert [target.implied for target in last.targets] == expected
