"""What a sentence does: the policy instruments it uses, by the rules of `lexicon/instruments.toml`.

The codes are those of the instrument scheme (`ontology/schemes`); the wording of the rules was collected from the
formulas that provinces, cities, counties and ministries use for the same act. The rules are one of the judges that
`settling.py` hears.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from .finding import Finding
from .rules import RuleBook, load_rules

TITLE = re.compile("《[^《》]*》")
# what these say in the clause that tells who is given money is what somebody is, not what is done
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
        "public-service",
    }
)
_MONEY = frozenset({"subsidy", "award"})
# what counts inside an aside of a code; inside a plain `aside` nothing does
_HEARD = {
    "topic": _MONEY | {"interest-subsidy", "special-fund", "voucher"},
    "goal": frozenset({"target-setting"}),
    "matter": frozenset({"supervision", "fee-crackdown", "organisation"}),
}
# a sentence that goes on with what the one before it says (其中…, 具体标准…, 每户最高…)
_GOES_ON = re.compile(
    "[^，。；]{0,30}(?:不纳入[^，。；]{0,12}范围|(?:应当?|须|需)(?:同时)?(?:具备|符合|满足|遵守))|其中|具体(?:标准|比例|额度|金额|办法|范围|条件)|单[个家户项]|每[家户个人]|同一|上述|以上|此项|该项|后续|今后|[^。；]{1,60}(?:参照|比照)[^，。；]{0,12}(?:执行|实施|办理|享受)[。；]?$|[^。；]{2,60}的?，?(?:一律)?不(?:予(?:支持|受理|兑现|认定)|再受理|享受|适用|在[^，。；]{1,6}之列)|最高|累计|总额|期限|标准|对其中|其他企业"
)

# under such a heading numbers are what government means to reach, whatever field they are of
_GOALS = re.compile(r"目标(?:任务|指标)?$")
# nouns of public life: what they say gives way to any other weak sign
_LAST_RESORT = "weak-public-life"

# a field that is governed (会展业发展规划, 旅游主管部门), where these follow: not what is done in it
_GOVERNED = re.compile(
    "(?:业|产业|行业)?(?:发展)?(?:工作)?(?:领导|行政主管|主管|行业协会|协会|联席|办公室|目标考核|考核|统计|专项资金|扶持资金|发展资金|引导资金|监督|管理(?:工作|办法|机构|部门))"
)
_GOVERNING = frozenset({"organisation", "supervision", "rule-making", "special-fund", "target-setting", "publicity"})


@cache
def instrument_rules() -> RuleBook:
    """Return the rules of `lexicon/instruments.toml`, read once."""
    return load_rules("instruments")


@cache
def _asides() -> RuleBook:
    return load_rules("asides")


def find_by_rules(sentence: str, heading: str = "", before: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return the instruments that the rules of `lexicon/instruments.toml` see, ordered by position.

    `sentence` is clean text (no white space, ASCII digits); `heading` is the title of its provision; `before` are the
    instruments of the measure before it in the same provision. Where no rule but a weak one fires (`unless = ["*"]`),
    others stand for the sentence: those of the measure before where it goes on with it (rule `goes-on`), the first
    weak one that says what is done (by a verb), those of the heading (`heading-fallback`), the first weak one, and last
    public-service (`default`): what government does for others without a named instrument is a service. Under a heading
    of goals a sentence with a number sets a target, whatever field it names (`heading-of-goals`). Never empty; never
    raises.
    """
    if _GOALS.search(heading) and any(map(str.isdigit, sentence)):
        return (Finding("target-setting", 0, len(sentence), "heading-of-goals"),)
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
    own = tuple(sorted(own, key=lambda finding: finding.rule == _LAST_RESORT))
    if own or titled:
        return own[:1] or (Finding(titled[0].code, 0, len(sentence), "heading-fallback"),)
    return (Finding("public-service", 0, len(sentence), "default"),)


def _theme(own: tuple[Finding, ...], heading: str) -> tuple[Finding, ...]:
    """Talent, where a sentence under a heading of talent policy gives nothing but money."""
    if "人才" in heading and {finding.code for finding in own} <= _MONEY:
        return (Finding("talent", own[-1].begin, own[-1].end, "theme-of-heading"),)
    return ()


def _by_code(text: str) -> tuple[Finding, ...]:
    """The first finding of each code, ordered by position; titles of other documents and asides do not count."""
    findings = instrument_rules().find(text)
    if not findings:
        return ()
    first = _acting(text, findings)
    if not first:  # what all strong rules said was aside: a weak one may tell what is done
        chars = list(text)
        for finding in findings:
            chars[finding.begin : finding.end] = "□" * (finding.end - finding.begin)
        rest = "".join(chars)
        first = _acting(rest, instrument_rules().find(rest))
    return first


def _acting(text: str, findings: list[Finding]) -> tuple[Finding, ...]:
    titles = [Finding("title", *m.span(), "title") for m in TITLE.finditer(text)]
    asides = _asides().find(text)
    in_title, around = _lookup(titles), _lookup(asides)
    first: dict[str, Finding] = {}
    for finding in findings:
        if finding.code in first or any(title.begin <= finding.begin for title in in_title(finding.end)):
            continue
        if finding.code not in _GOVERNING and _GOVERNED.match(text, finding.end):
            continue
        if not any(_silences(aside.code, finding.code) for aside in around(finding.end)):  # where its object stands
            first[finding.code] = finding
    return tuple(first.values())


def _lookup(spans: Sequence[Finding]) -> Callable[[int], Iterator[Finding]]:
    """Return what gives the spans (ordered by their begin) around an end, so that a long text costs linear time."""
    begins = [span.begin for span in spans]
    longest = max((span.end - span.begin for span in spans), default=0)

    def around(end: int) -> Iterator[Finding]:
        near = spans[bisect_left(begins, end - longest) : bisect_left(begins, end)]
        return (span for span in near if end <= span.end)

    return around


def _silences(aside: str, code: str) -> bool:
    if aside == "standing":
        return code in _STANDING
    return code not in _HEARD.get(aside, ())


def _weak(findings: tuple[Finding, ...]) -> bool:
    return all(finding.rule in instrument_rules().weak for finding in findings)
