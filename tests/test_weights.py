"""Learned weights: the shipped table, how sentences are weighed, what is settled, how it is learned."""

import json
from dataclasses import replace
from pathlib import Path

import learn
import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.extract.finders import settling
from zhengce.extract.finders.finding import Finding
from zhengce.extract.finders.instruments import find_by_rules, instrument_rules
from zhengce.extract.finders.settling import (
    Judged,
    find_instruments,
    instrument_weights,
    judge,
    outvoted,
    settle,
    weigh,
)
from zhengce.extract.finders.weights import ALWAYS, HEADING, SENTENCE, Weight, Weights, _row, read_weights

SHIPPED = instrument_weights()
# what find_by_rules says where no row of the rule file speaks
STEPS = {"goes-on", "heading-fallback", "theme-of-heading", "heading-of-goals", "default"}
SMALL = Weights(
    [
        Weight(ALWAYS, "", 9, (("credit", -2.0), ("subsidy", -1.5), ("training", -2.5))),
        Weight(SENTENCE, "补贴", 9, (("subsidy", 3.0), ("credit", -0.5))),
        Weight(SENTENCE, "培训", 9, (("training", 4.0),)),
        Weight(SENTENCE, "培训补贴", 9, (("subsidy", 0.5), ("training", -1.25))),
        Weight(HEADING, "融资", 9, (("credit", 2.5),)),
    ]
)


def settled(ruled: list[Finding], sentence: str) -> tuple[Finding, ...]:
    """What a sentence alone is found to do, by what the rules are said to have found and the small table."""
    return settle([weigh(sentence, "", ruled, SMALL)], SMALL)[0]


def test_every_string_stands_in_four_documents() -> None:
    assert [row.string for row in SHIPPED.rows if row.documents < learn.DOCUMENTS] == []


def test_every_string_is_short_and_chinese() -> None:
    for row in SHIPPED.rows:
        if row.where != ALWAYS:
            assert learn.HAN.fullmatch(row.string)
            assert len(row.string) in learn.LENGTHS[row.where]


def test_rows_are_ordered_and_single() -> None:
    keys = [(row.where, row.string) for row in SHIPPED.rows]
    assert keys == sorted(set(keys))
    assert all(len({code for code, _ in row.codes}) == len(row.codes) for row in SHIPPED.rows)


def test_codes_are_those_of_the_scheme() -> None:
    assert set(SHIPPED.codes) <= {rule.code for rule in instrument_rules().rules}
    assert len(SHIPPED.codes) >= 40


@pytest.mark.parametrize(
    ("sentence", "heading", "expected"),
    [
        ("给予补贴", "", [-250, 150, -250]),
        ("给予补贴，再给予补贴", "", [-250, 150, -250]),  # each string once
        ("给予培训补贴", "", [-250, 200, 25]),
        ("给予补贴", "扩大融资", [0, 150, -250]),
        ("融资", "补贴", [-200, -150, -250]),  # a heading's string says nothing in a sentence, nor the other way round
        ("", "", [-200, -150, -250]),
    ],
)
def test_weights_add_up(sentence: str, heading: str, expected: list[int]) -> None:
    assert SMALL.codes == ("credit", "subsidy", "training")
    assert SMALL.weigh(sentence, heading) == expected


@given(st.text(alphabet="补贴培训融资给予企业，。", max_size=60), st.text(alphabet="融资补贴", max_size=10))
def test_packed_sums_are_plain_sums(sentence: str, heading: str) -> None:
    plain = [0.0] * len(SHIPPED.codes)
    for row in SHIPPED.rows:
        if row.where == ALWAYS or row.string in (sentence if row.where == SENTENCE else heading):
            for code, weight in row.codes:
                plain[SHIPPED.number[code]] += weight
    assert SHIPPED.weigh(sentence, heading) == [round(total * 100) for total in plain]


def test_the_loudest_string_is_the_place() -> None:
    assert SMALL.loudest("开展职业培训", "training") == (4, 6)
    assert SMALL.loudest("开展会展", "training") == (0, 4)  # nothing speaks for it


def test_a_rule_makes_a_code_likelier() -> None:
    rule = Finding("credit", 0, 2, "lend")  # a strong rule
    assert [f.rule for f in settled([rule], "发放贷款")] == ["lend"]
    assert [(f.code, f.rule) for f in settled([rule], "发放补贴")] == [
        ("credit", "lend"),
        ("subsidy", "weights"),
    ]


def test_an_unlikely_guess_of_the_rules_goes() -> None:
    guess = Finding("credit", 0, 2, "default")
    assert [(f.code, f.begin, f.end, f.rule) for f in settled([guess], "开展培训")] == [("training", 2, 4, "weights")]


def test_what_a_rule_saw_in_vain_is_told() -> None:
    guess, sure = Finding("credit", 0, 2, "theme-of-heading"), Finding("subsidy", 2, 4, "grant")
    judged = weigh("开展培训", "", [guess, sure, Finding("publicity", 0, 2, "default")], SMALL)
    assert outvoted(judged, [sure]) == (guess,)  # the default is no sight of a rule
    assert outvoted(judged, [guess, sure]) == ()


def test_the_likeliest_stays_where_none_is_likely() -> None:
    assert [f.code for f in settled([], "其他")] == ["subsidy"]


def test_a_code_that_was_never_learned_is_the_rules_own() -> None:
    rare = Finding("government-procurement", 0, 4, "buy")
    assert rare in settled([rare], "政府采购")


def test_titles_of_documents_weigh_nothing() -> None:
    assert [f.code for f in settled([], "按照《培训补贴办法》执行")] == ["subsidy"]  # the likeliest of none
    (found,) = settled([], "按照《会展办法》开展培训")
    assert (found.begin, found.end) == (10, 12)


def test_the_company_of_a_sentence_is_heard() -> None:
    rents = [judge("对承租国有房产的企业，减免房租。", "减免房租") for _ in range(8)]
    vague = judge("对其他企业，参照上述办法适当支持。")
    alone = {finding.code for finding in settle([vague])[0]}
    among = {finding.code for finding in settle([*rents, vague])[-1]}
    assert "rent-relief" not in alone
    assert "rent-relief" in among
    assert all("rent-relief" in [f.code for f in found] for found in settle([*rents, vague])[:-1])


def test_what_company_tips_says_so() -> None:
    rents = [judge("对承租国有房产的企业，减免房租。", "减免房租") for _ in range(8)]
    vague = judge("对其他企业，参照上述办法适当支持。")
    (found,) = [f for f in settle([*rents, vague])[-1] if f.code == "rent-relief"]
    assert (found.begin, found.end, found.rule) == (0, 17, "company")


def test_few_measures_and_leads_of_lists_have_no_company() -> None:
    rents = [judge("对承租国有房产的企业，减免房租。", "减免房租") for _ in range(8)]
    vague, lead = judge("对其他企业，参照上述办法适当支持。"), judge("企业应当符合下列条件：")
    assert settle([rents[0], vague])[1] == settle([vague])[0]
    assert settle([*rents, lead, *rents])[8] == settle([lead])[0]
    assert settle([]) == []


@pytest.mark.parametrize("place", [0, 4, 8])
def test_both_neighbours_are_heard(place: int) -> None:
    """The measures beside a vague one speak for it; the same measures further off do not."""
    other = [judge("组织开展职业技能培训。") for _ in range(60)]
    vague = weigh("对其他企业适当支持。", "", (), instrument_weights())
    rent = judge("对承租国有房产的企业，减免房租。", "减免房租")
    said = {instrument_weights().number["rent-relief"]: 70, instrument_weights().number["credit"]: 120}
    near = Judged(vague.sentence, (), tuple(said.get(n, -500) for n in range(len(vague.odds))))
    beside = settle([*other[:place], near, rent, *other[place:]])[place]
    apart = settle([*other[:place], near, *other[place:], rent])[place]
    assert [f.code for f in beside] == ["rent-relief"]
    assert [f.rule for f in beside] == ["company"]
    assert [f.code for f in apart] == ["credit"]  # the likeliest where none is likely


def test_trusted_names_are_rules() -> None:
    """A rule that is renamed must not lose what it is trusted with."""
    names = {rule.name for rule in instrument_rules().rules} | STEPS
    assert set(settling._TRUST) <= names


def test_a_plain_rule_outvotes_words_that_were_never_learned() -> None:
    """Acts too rare for the weights: their rules are trusted with more, and hold."""
    assert "fee-crackdown" in [f.code for f in find_instruments("协会不得向会员收取评比费用。")]
    assert "lenient-enforcement" in [f.code for f in find_instruments("对新业态实行包容审慎监管。")]
    assert "supervision" in [f.code for f in find_instruments("未完成约定投资的，收回剩余经费。")]


def test_company_does_not_drown_what_is_said() -> None:
    rents = [judge("对承租国有房产的企业，减免房租。", "减免房租") for _ in range(30)]
    plain = judge("组织开展职业技能培训，给予培训补贴。")
    assert {"training", "subsidy"} <= {finding.code for finding in settle([*rents, plain, *rents])[30]}


def test_what_is_said_more_closely_takes_the_place_of_what_holds_narrowly() -> None:
    judged = judge("对到期的企业贷款，给予展期。")
    number = instrument_weights().number
    for credit, held in ((150, False), (240, True)):
        odds = [-500] * len(number)
        odds[number["credit"]], odds[number["loan-rollover"]] = credit, 400
        codes = {finding.code for finding in settle([replace(judged, odds=tuple(odds), ruled=())])[0]}
        assert codes == ({"credit", "loan-rollover"} if held else {"loan-rollover"})
    odds[number["loan-rollover"]] = 80  # below the line: the credit has nothing to give way to
    odds[number["credit"]] = 100
    assert [f.code for f in settle([replace(judged, odds=tuple(odds), ruled=())])[0]] == ["credit"]


def test_codes_that_give_way_are_codes() -> None:
    named = {code for pair in settling._GIVES_WAY.items() for code in (pair[0], *pair[1])}
    assert named <= set(instrument_weights().codes)


# words that no rule has, in frames that many offices use
@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("对企业缴纳的城镇土地使用税予以免征。", "tax-exemption"),
        ("对符合条件的企业给予每户不超过10万元的一次性奖励。", "award"),
        ("对企业租用国有房产的，免收三个月租金。", "rent-relief"),
        ("鼓励金融机构降低贷款利率，扩大信贷投放。", "credit"),
        ("组织企业参加境内外展会，帮助拓展市场。", "market-expansion"),
        ("体检费用由区财政全额承担。", "subsidy"),
        ("贷款材料审核时限由10日压缩到3日。", "approval-streamlining"),
        ("建设单位可用银行保函代替农民工工资保证金。", "fee-relief"),
        ("2024年全县计划培训农民2000人次。", "target-setting"),
        ("原《用工补贴细则》同时废止。", "rule-making"),
    ],
)
def test_what_everybody_would_say(sentence: str, code: str) -> None:
    assert code in [finding.code for finding in find_instruments(sentence)]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("对参加培训的企业给予奖励。", "credit"),
        ("免收三个月租金。", "award"),
        ("扩大信贷投放。", "rent-relief"),
        ("组织企业参加展会。", "tax-exemption"),
    ],
)
def test_what_nobody_would_say(sentence: str, code: str) -> None:
    assert code not in [finding.code for finding in find_instruments(sentence)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sentence\t补贴\t9", "not enough values"),
        ("sentence\t补贴\tnine\tsubsidy 1", "nine"),
        ("sentence\t补贴\t9\tsubsidy", "not enough values"),
        ("clause\t补贴\t9\tsubsidy 1", "'clause' is neither sentence, heading nor always"),
    ],
)
def test_faulty_rows_say_what_is_wrong(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _row(line)


def test_a_table_needs_its_base_and_sums_that_fit() -> None:
    with pytest.raises(ValueError, match="one row 'always', this one has 0"):
        Weights([])
    with pytest.raises(ValueError, match="credit may sum to 400"):
        Weights([Weight(ALWAYS, "", 9, (("credit", -1.0),)), Weight(SENTENCE, "贷", 9, (("credit", 400.0),))])


def test_missing_table() -> None:
    with pytest.raises(FileNotFoundError):
        read_weights("no-such-table")


def test_strings_of_a_text() -> None:
    assert learn.strings_of("给予1万元补贴", range(2, 4)) == {"给予", "万元", "元补", "补贴", "万元补", "元补贴"}


def labelled_folder(folder: Path, copies: int) -> list[learn.Labelled]:
    folder.mkdir()
    for n in range(copies):
        rows = [
            "H\t一、加大资金支持",
            "M\t对 企业给予补贴。\tsubsidy\tcommit",
            "S\t本办法所称企业为中小企业。",
            "M\t鼓励银行发放贷款。\tcredit\tencourage",
            "M\t标准另定。\t-",
        ]
        (folder / f"{n}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return list(learn.labelled(folder, None))


def test_labelled_sentences_are_read(tmp_path: Path) -> None:
    rows = labelled_folder(tmp_path / "one", 1)
    assert [(r.sentence, r.heading, r.codes) for r in rows] == [
        ("对企业给予补贴。", "加大资金支持", {"subsidy"}),
        ("鼓励银行发放贷款。", "加大资金支持", {"credit"}),
    ]
    assert rows[1].before == tuple(f.code for f in find_by_rules(rows[0].sentence, rows[0].heading))


UNITS = """
def cuts(source):
    squeezed = "".join(source.split())
    back = [n for n, c in enumerate(source) if not c.isspace()]
    return squeezed, back, [0] + [n + 1 for n, c in enumerate(squeezed) if c in "。；" and n + 1 < len(squeezed)]
"""


def test_annotated_documents_are_read_as_the_program_reads_them(tmp_path: Path) -> None:
    """A sentence under a number without a title has the heading above it."""
    text = "支持企业若干措施\n\n一、加大资金支持\n1.对企业给予补贴。对银行给予奖励。\n2.本措施所称企业为中小企业。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    units = {
        "u001": {"type": "measure", "instruments": ["subsidy"]},
        "u002": {"type": "measure", "instruments": ["award"]},
        "u003": {"type": "statement"},
    }
    (tmp_path / "a.json").write_text(json.dumps({"units": units}), encoding="utf-8")
    (tmp_path / "units.py").write_text(UNITS, encoding="utf-8")
    rows = list(learn.labelled(tmp_path, learn._module(tmp_path / "units.py")))
    assert [(row.sentence, row.heading, row.codes) for row in rows] == [
        ("对企业给予补贴。", "加大资金支持", {"subsidy"}),
        ("对银行给予奖励。", "加大资金支持", {"award"}),
    ]
    assert rows[1].before == ("subsidy",)


def test_learning_keeps_strings_of_several_documents_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no string stands in 4 documents"):
        learn.learn(labelled_folder(tmp_path / "few", learn.DOCUMENTS - 1))
    weights = Weights(learn.learn(labelled_folder(tmp_path / "more", 40)))
    credit, subsidy = weights.weigh("鼓励银行发展信贷")
    assert weights.codes == ("credit", "subsidy")
    assert credit > subsidy
