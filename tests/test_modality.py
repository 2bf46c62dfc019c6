"""Modality: every row of the rule file, then how modalities stand beside each other, then the segmenter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_linear
from zhengce.extract.finders.modality import find_modality
from zhengce.extract.finders.rules import Rule, load_rules
from zhengce.extract.segment import is_word, words

RULES = [r for r in load_rules("modality").rules if r.code != "act"]


def codes(sentence: str) -> list[str]:
    return [finding.code for finding in find_modality(sentence)]


@pytest.mark.parametrize(("rule", "text"), [pytest.param(r, t, id=f"{r.name}:{t}") for r in RULES for t in r.examples])
def test_example_has_the_modality(rule: Rule, text: str) -> None:
    assert rule.code in codes(text)


@pytest.mark.parametrize(
    ("rule", "text"), [pytest.param(r, t, id=f"{r.name}:{t}") for r in RULES for t in r.near_misses]
)
def test_near_miss_does_not_fire_its_rule(rule: Rule, text: str) -> None:
    assert rule.name not in {f.rule for f in find_modality(text)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # alone
        ("给予10万元奖励", ["commit"]),
        ("符合条件的企业可申请缓缴", ["permit"]),
        ("鼓励业主减免租金", ["encourage"]),
        ("不得盲目抽贷、断贷、压贷", ["forbid"]),
        ("免收三个月房租", ["commit"]),
        ("支持企业开展技术改造", ["commit"]),
        ("支持各地出台激励政策", ["encourage"]),
        # 要 commits whoever is asked, 引导 only says how
        ("各地要积极引导企业申报", ["commit", "encourage"]),
        # an act before the other modality
        ("开展专项行动，鼓励企业参加", ["commit", "encourage"]),
        # an act after it, by government
        ("鼓励企业参加展会，认定一批示范企业并给予补助", ["encourage", "commit"]),
        ("鼓励业主减租，省财政给予奖补", ["encourage", "commit"]),
        # what is encouraged goes on in the next clauses: no commitment
        ("引导担保机构降低费率，放宽反担保要求", ["encourage"]),
        ("鼓励各地出台政策，对用电给予适度补贴", ["encourage"]),
        ("鼓励金融机构不抽贷、不断贷，给予延期还贷", ["encourage", "forbid"]),
        # a condition before the modal word does not commit
        ("对确有困难的企业，可延期缴纳税款", ["permit"]),
        ("由企业提出申请，经批准后，可缓缴三个月", ["permit"]),
        ("优化审批程序，可不再审批项目建议书", ["commit", "permit"]),
        ("不得盲目抽贷，维护正常征信记录", ["forbid", "commit"]),
        ("缓交期间不得断供且不收取滞纳金", ["forbid", "commit"]),
        ("鼓励业主不收取滞纳金", ["encourage"]),
        ("符合条件的可优先纳入典型，加大扶持力度", ["permit", "commit"]),
        ("企业可通过平台申请，完善资料后受理", ["permit"]),
        ("支持社会力量发展普惠托育", ["commit"]),
        ("推动金融系统向实体经济让利", ["encourage"]),
        # a sum that is given commits, whatever was encouraged before it
        ("鼓励企业上市，首家奖励500万元", ["encourage", "commit"]),
        ("鼓励企业争创质量奖，对成效突出的给予奖励", ["encourage", "commit"]),
        ("对受困企业实行欠费不停电，鼓励减免违约金", ["commit", "encourage"]),
        ("精心组织消费季，引导企业让利", ["commit", "encourage"]),
        ("不得挪作他用，由财政部门负责监督", ["forbid", "commit"]),
        # who is described by the modal word
        ("允许民间资本进入未明文禁止的领域", ["permit"]),
        ("对减免租金鼓励经营的市场给予补贴", ["commit"]),
        ("按不超过投入30%的标准予以奖补", ["commit"]),
        # what is added in brackets does not bind
        ("对参展企业给予补助（与其他政策不重复享受）", ["commit"]),
        ("引进的专家可领取津贴（不得兼领）", ["permit"]),
        # what is to be is no request
        ("营造鼓励创新、宽容失败的环境", ["commit"]),
        ("加强政策舆论的引导", ["commit"]),
        # a clause with a doer or a manner of its own, behind what is permitted or forbidden
        ("鼓励园区建设公寓，具体标准由各地制定", ["encourage", "commit"]),
        ("鼓励业主减租，具体由双方协商解决", ["encourage"]),
        ("申请人可在线提交材料，无需现场核验", ["permit", "commit"]),
        ("企业可申请延期，延期期间不征收滞纳金", ["permit", "commit"]),
        ("农户可就近申报，受理机构当场办结", ["permit", "commit"]),
        ("不得搭售保险，严格限制收费项目", ["forbid", "commit"]),
        # … and before it, where it is no condition
        ("开工备案实行告知承诺，不得要求重复提交", ["commit", "forbid"]),
        ("申报期延至3月20日，仍有困难的可再申请延期", ["commit", "permit"]),
        ("实行承诺制的企业，可免交证明", ["permit"]),
        ("取消验收后，可申请复核", ["permit"]),
        # who or what is left out
        ("二手设备不计入投资额", ["forbid"]),
        ("失信企业不在补助之列", ["forbid"]),
        ("疫情期间的逾期可不计入征信记录", ["permit"]),
        ("审批原则上不超过5日", ["commit"]),
        ("已享受免费场地的除外。", ["forbid"]),
        ("补贴发给企业（劳务派遣除外），按月拨付", ["commit"]),
        ("同一事项符合多项政策的，就高不就低，不重复享受", ["commit", "forbid"]),
        ("投标保证金可用银行保函代替", ["permit"]),
        ("农户自产自销的，不予收取摊位费", ["commit"]),
        ("不得拖欠账款，已形成的欠款年底前清零", ["forbid", "commit"]),
        ("暂不能开工的企业，可办理停用", ["permit"]),
        ("暂不征收管理费", ["forbid"]),
        ("对企业给予补贴，已享受同类政策的除外", ["commit", "forbid"]),
        ("国家另有规定的除外。", ["commit"]),
        ("专项资金不可用于偿还债务", ["forbid"]),
        # what a prohibition goes on with, how somebody stands, what the encouraged do are no acts of government
        ("不得强制企业投保，变相收取手续费", ["forbid"]),
        ("任何单位不得截留资金，擅自调整为其他用途", ["forbid"]),
        ("同一企业已享受全额补贴，不得重复申报", ["forbid"]),
        ("企业已建立技术中心，可优先申报", ["permit"]),
        ("企业自动放弃，不得申请", ["forbid"]),
        ("鼓励业主减免租金，疫情期间免收房租", ["encourage"]),
        ("鼓励商场让利促销，并免费提供停车", ["encourage"]),
        ("可延期缴纳，由申请人负责承担费用", ["permit"]),
        ("企业可对外转让股权", ["permit"]),
        ("支持符合条件的街道开设驿站", ["encourage"]),
        ("支持有实力的乡镇企业上市", ["commit"]),
        # what is quoted does not bind
        ("推行告知承诺制，实现“拿证即可开业”", ["commit"]),
        ("暂停用电不受“不得少于十日”的限制", ["commit"]),
        # who may do without; what may be paid; numbers with 可
        ("提交身份证明即可领取", ["permit"]),
        ("对首次轻微违法的，可以不予处罚", ["permit"]),
        ("基金可支付月数在24个月以上的，费率下调50%", ["commit"]),
        ("支持有条件的街道开设驿站", ["encourage"]),
        # a clause that says who acts, or when, before its verb
        ("县财政列支80万元，鼓励农户购买农机", ["commit", "encourage"]),
        ("3年内省、市两级重点资助100名骨干，鼓励企业参与", ["commit", "encourage"]),
        ("为商户提供贴息支持，引导银行扩大投放", ["commit", "encourage"]),
        ("年底前安排500万元资金，支持各县开展促销", ["commit", "encourage"]),
        # an application is what is permitted
        ("企业可申请一次性扣除，按月申请退还留抵税额", ["permit"]),
        ("支持市场开办方减免商户租金，由财政给予补助", ["encourage", "commit"]),
        ("暂不要求提交纸质材料", ["forbid"]),
    ],
)
def test_modalities_in_order(sentence: str, expected: list[str]) -> None:
    assert codes(sentence) == expected


@pytest.mark.parametrize(
    "word", ["可持续", "可行性", "许可", "应急", "供应", "需要", "主要", "必要", "适应", "要素", "重要"]
)
def test_modal_characters_inside_words_are_none(word: str) -> None:
    assert [f.rule for f in find_modality(f"开展{word}工作")] == ["default"]


def test_default_spans_the_sentence() -> None:
    (finding,) = find_modality("给予奖励")
    assert (finding.code, finding.begin, finding.end, finding.rule) == ("commit", 0, 4, "default")


def test_modal_before_a_verb_that_the_dictionary_glues_to_it() -> None:
    # jieba's dictionary has 可延长 as one word
    assert codes("补贴年限可延长6个月") == ["permit"]


def test_words_cover_the_text() -> None:
    text = "企业可向银行申请可持续贷款"
    found = words(text)
    assert "".join(word for word, _, _ in found) == text
    assert all(text[begin:end] == word for word, begin, end in found)
    assert is_word(text, 2, 3)
    assert not is_word(text, 8, 9)


@given(st.text(alphabet="可要应须不得鼓励引导支持各地企业，。给予的延长", max_size=60))
def test_any_text_has_ordered_modalities(text: str) -> None:
    findings = find_modality(text)
    assert findings
    assert len({f.code for f in findings}) == len(findings)
    assert {f.code for f in findings} <= {"forbid", "permit", "encourage", "commit"}
    assert [f.begin for f in findings] == sorted(f.begin for f in findings)
    assert all(0 <= f.begin <= f.end <= len(text) for f in findings)


def test_long_text_takes_linear_time() -> None:
    sentence = "鼓励企业可申请，对企业开展帮扶的要按规定不得" * 3_000
    assert codes(sentence)[0] == "encourage"


@pytest.mark.parametrize("piece", ["甲的", "由甲", "的企业", "期间无需", "全部"])
def test_time_is_linear_behind_a_modal_word(piece: str) -> None:
    # regression: a topic was looked for from every character to the end of its clause
    assert_linear(lambda text: find_modality("不得，" + text), piece, 10000)
