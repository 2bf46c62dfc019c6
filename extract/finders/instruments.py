"""What a sentence does: the policy instruments it uses, found by the rules of `lexicon/instruments.toml`.

The codes are those of the instrument scheme (`ontology/schemes`); the wording of the rules was collected from the
formulas that provinces, cities, counties and ministries use for the same act.
"""

import re
from collections.abc import Sequence
from functools import cache

from .finding import Finding
from .rules import RuleBook, load_rules

_TITLE = re.compile("《[^《》]*》")
# What is no act of the sentence, whatever its words.
_ASIDE = re.compile(
    # what money is for (资金重点用于规划、宣传、培训), where it goes after it was given (给予奖励，专项用于研发)
    "(?<=资金)[^，。；、]{0,6}(?:用于|支持)[^，。；、]{0,40}、[^，。；]*|(?<=资金)，?(?:重点|主要|优先)支持[^，。；]*|"
    "(?<=，)(?:专项|专门|主要|重点|全部|优先)?用于[^，。；]*|"
    # a loan whose interest is paid, the rate by which it is paid
    "对[^，。；]{0,30}贷款(?=，?(?:按|给予)[^。；]{0,30}贴息)|贷款[^，。；、]{0,14}利率(?=[^，。；]{0,12}(?:贴息|补贴|补助))|"
    # what somebody has had or been given before (已享受补助的，)
    "(?:凭|经|向|报)[^，。；]{0,30}(?:领导小组|指挥部|联席会议|证明材料|证明)|(?:已|同时|曾)(?:享受|获得|取得|发放)[^，。；]{0,40}(?:的(?=，)|贷款(?=，))|"
    # policies that are told about or come unasked (补贴、税收优惠等政策免申即享)
    "(?:[^，。；、]{1,14}、){1,8}[^，。；、]{1,14}等[^，。；、]{0,6}政策(?=[^，。；]{0,10}(?:免申即享|宣传|解读|汇编|推送|知晓))|"
    # what is left out, what is not added up
    "（[^（）]{0,40}(?:不含|除外|不包括|不重复)[^（）]{0,40}）|"
    # what is built on, what goes on meanwhile (在延长期限的基础上，)
    "(?:^|(?<=[，；]))在[^，。；]{0,40}(?:基础上|的同时)(?=，)|"
    # trades that are listed (旅游、会展、教育培训等行业)
    "(?:[^，。；、（）]{1,10}、){2,15}[^，。；、]{1,10}等[^，。；、]{0,14}(?:行业|产业)|"
    # what is checked (政策执行情况的督促检查), what it all serves (为…创造条件)
    "对[^，。；]{0,40}情况(?=的?(?:督促|监督|检查|督查|跟踪|评估|考核|专项))|(?<=检查)[^，。；]{0,20}情况|"
    "为[^，。；]{0,40}(?:创造条件|奠定[^，。；]{0,6}基础|[作做]出[^，。；]{0,8}贡献)"
)

# who is given money (对固定资产投资1000万元以上的企业，给予…): these codes say there what somebody is, not what is done
_WHO_GETS = re.compile(
    "(?:^|(?<=[；。]))[^；。]{0,120}的[^，；。]{0,14}(?=，[^；。]{0,60}(?:给予|奖励|补助|补贴|奖补))"
)
_STANDING = frozenset(
    {
        "recognition",
        "project-investment",
        "energy",
        "approval-streamlining",
        "supervision",
        "organisation",
        "cultivation",
        "target-setting",
    }
)
_MONEY = frozenset({"subsidy", "award"})
# a sentence that goes on with what the one before it says (其中…, 具体标准…, 每户最高…)
_GOES_ON = re.compile(
    "[^，。；]{0,30}(?:不纳入[^，。；]{0,12}范围|(?:应当?|须|需)(?:同时)?(?:具备|符合|满足|遵守))|其中|具体(?:标准|比例|额度|金额|办法|范围|条件)|单[个家户项]|每[家户个人]|同一|上述|以上|此项|该项|后续|最高|累计|总额|期限|标准|对其中|其他企业"
)


@cache
def instrument_rules() -> RuleBook:
    """Return the rules of `lexicon/instruments.toml`, read once."""
    return load_rules("instruments")


def find_instruments(sentence: str, heading: str = "", before: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return every instrument the sentence uses, each once with the span of its first cue, ordered by position.

    `sentence` is clean text (no white space, ASCII digits); `heading` is the title of its provision; `before` are the
    instruments of the measure before it in the same provision. Where no rule but a weak one fires (`unless = ["*"]`),
    others stand for the sentence: those of the measure before where it goes on with it (rule `goes-on`), the first
    weak one that says what is done (by a verb), those of the heading (`heading-fallback`), the first weak one, and last
    public-service (`default`): what government does for others without a named instrument is a service. Never empty;
    never raises.
    """
    own = _by_code(sentence)
    if own and not _weak(own):
        return own + _theme(own, heading)
    if before and _GOES_ON.match(sentence):
        return tuple(Finding(code, 0, len(sentence), "goes-on") for code in before)
    acts = tuple(finding for finding in own if finding.rule in instrument_rules().acting)
    if acts:
        return acts[:1]
    titled = _by_code(heading)
    if titled and not _weak(titled):
        return tuple(Finding(f.code, 0, len(sentence), "heading-fallback") for f in titled)
    if own:
        return own[:1]
    return (Finding("public-service", 0, len(sentence), "default"),)


def _theme(own: tuple[Finding, ...], heading: str) -> tuple[Finding, ...]:
    """Talent, where a sentence under a heading of talent policy gives nothing but money."""
    if "人才" in heading and {finding.code for finding in own} <= _MONEY:
        return (Finding("talent", own[-1].begin, own[-1].end, "theme-of-heading"),)
    return ()


def _by_code(text: str) -> tuple[Finding, ...]:
    """The first finding of each code, ordered by position; titles of other documents and asides do not count."""
    titles = [m.span() for m in _TITLE.finditer(text)]
    silent = [m.span() for m in _ASIDE.finditer(text)]
    standing = [m.span() for m in _WHO_GETS.finditer(text)]
    first: dict[str, Finding] = {}
    for finding in instrument_rules().find(text):
        spans = silent + standing if finding.code in _STANDING else silent
        if any(begin <= finding.begin and finding.end <= end for begin, end in titles):
            continue
        if not any(begin < finding.end <= end for begin, end in spans):  # where its object stands
            first.setdefault(finding.code, finding)
    return tuple(first.values())


def _weak(findings: tuple[Finding, ...]) -> bool:
    return all(finding.rule in instrument_rules().weak for finding in findings)
