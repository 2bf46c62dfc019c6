"""Whom a measure is for: the phrases that name its beneficiaries, by the rules of `lexicon/targets.toml`.

Three steps. Find: all nouns and modifiers of the lexicon sit in one Aho-Corasick automaton, and a noun takes the
modifiers that stand right before it (and a quoted word: “专精特新”). Mean: the phrase's concept is that of its highest
rank, status before sector before size; a bare noun looks at its own clause. Decide: the context rows say whether the
phrase is for somebody or only names a doer, a platform, a condition. Concepts are codes of the target scheme.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .target_members import unlisted_members, with_those_between
from .target_phrases import PUBLIC, noun_phrases
from .target_words import Phrase, Word, read_table

_LEAD = 64  # how far a context row looks back, in code points
_SHORT_LEAD = 24  # how far one looks back whose words repeat nothing
_PUNCTUATION = re.compile("[，。；：！？]")
_COUNTED_SECTORS = re.compile("[2-9两三四五六七八九十](?:类|[类个大](?:特困|困难|受困|重点)?(?:行业|领域|业态)的?)$")
_SUMMED = re.compile(r"等(?:各类|各种|困难|重点|行业|领域|群体|其他|相关|服务)*$")
_UNLISTED = re.compile("(?:[、和及与][^，。；：、和及与的（）等为对]{2,12}){1,5}")
_WEAK_CLAUSE = 10  # a phrase of a lower rank takes its concept from its clause
_STRONG_GOVERNOR = re.compile("对|为|向|给予|支持|帮助|鼓励|引导|推动|组织")
# what stands before a title in quotes that somebody is given or counted by
_BEFORE_TITLE = ("为", "评", "”", "、", "家", "名", "省", "市", "级", "上", "得", "个", "选")
_OF_A_BRAND = re.compile("”(?:、?“[^“”]{2,14}”){0,6}等?[^，。；“]{0,6}(?:品牌|活动|工程|行动|名片|赛事)")
_BARE_CASE = re.compile("(?:其中，?)?(?:对|对于|承租|租用|符合|属于|已|未)[^，。；]{1,60}的，")
_COUNTED = re.compile("[0-9][万千百余多]{0,2}[家户](?:以上)?$")
_COUNTED_AFTER = re.compile("(?:达到|达|超过)?[0-9]+[万千百余多]{0,2}(?:[家户]|个(?!月))")
_OTHERS = ("其他", "其它")
_NEAR = 8  # how many phrases back an owner looks for what is owned
_OWNED = ("tourism-catering-retail", "service-enterprise", "agricultural", "transport-enterprise")
_DONE_BY_IT = re.compile(
    "(?:[^，。；、的]{0,10}?(?:新?引进|新?设立|聘用|招用|录用|申报|实施|投资|建设|购置|举办|承办|创办|承担|发起|组建|培养|研发|生产)"
    ")[^，。；、的]{0,16}$"
)
_OPENS_TWICE = re.compile(
    "(?:对|对于|凡|给予|奖励)(?:[^，。；的]{0,10}，)?(?:为|向|给|与|帮助|协助|服务)[^，。；的]{0,40}$"
)
_AND = ("、", "和", "及", "以及")
# the last of several, or the one whose time or cause is told before what it does: no clause of the later one
_NOT_OF_LATER = re.compile("等|因|疫情期间|[0-9]{4}年")
_ARTICLE = re.compile("第[一二三四五六七八九十百]{1,6}条")
_OPENS_RELATIVE = re.compile("(?:对|对于|凡|为|向|给)[^，。；]{0,40}$")


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """A beneficiary at [begin, end) of the sentence (code points): its concept and the rule that gave the concept."""

    begin: int
    end: int
    concept: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Context:
    """A row that decides by the words around a phrase; see the head of the rule file."""

    name: str
    action: str
    concepts: frozenset[str]
    heads: frozenset[str]
    words: frozenset[str]
    grouped: bool
    short: bool
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    said: re.Pattern[str] | None


_INCLUDING = re.compile("[^，。；（）]{0,4}含")
_BETWEEN = re.compile("(?:等[^，。；（）]{0,14})?")
_STANDS_FOR_A_FIRM = ("project", "institution", "thing")
_GIVES = re.compile("(?:给予|奖励|补助|补贴|奖给)(?:该|相关)?$")
_BODIES = ("firm", "institution", "shop", "farm", "trader", "organisation")
_MOSTLY_ACT = ("financial-institution", "guarantee-institution", "local-government", "state-owned")
_EMPLOYERS = ("firm", "institution", "shop")
_FIRM_KINDS = ("firm", "trader", "shop", "farm")
_NOT_FOR_IT = ("drop", "yield")
_INNERMOST = re.compile(r"\((?:\?:|\?<?[=!])?([^()]*)\)")


class TargetRules:
    """What decides by the words around a phrase. Instances do not change and may be shared."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Build from the parsed TOML. Raises KeyError for a field that a row lacks, re.error for a faulty pattern."""
        self.on_cue = frozenset(table["on_cue"])
        self.clauses = tuple(_context(row, "keep") for row in table["clause"])
        self.clause_words = {row["name"]: Word(row["name"], row["concept"], 99, (), False) for row in table["clause"]}
        self.contexts = tuple(_context(row, row["action"]) for row in table["context"])
        self._by_head: dict[tuple[str, str], tuple[_Context, ...]] = {}
        self._by_word: dict[tuple[str, bool], tuple[_Context, ...]] = {}

    def clauses_of(self, word: Word) -> tuple[_Context, ...]:
        """The clause rows that may give a phrase of this word its concept, in the order of the file."""
        weak = word.concept == "enterprise" and word.rank < _WEAK_CLAUSE
        key = (word.name, weak)
        if key not in self._by_word:
            self._by_word[key] = tuple(
                row
                for row in self.clauses
                if (
                    word.name in row.words if row.words else word.concept in row.concepts or (weak and not row.concepts)
                )
            )
        return self._by_word[key]

    def contexts_of(self, phrase: Phrase) -> tuple[_Context, ...]:
        """The context rows that may speak of a phrase, in the order of the file."""
        key, concept = (phrase.head.name, phrase.word.name), phrase.word.concept
        if key not in self._by_head:
            self._by_head[key] = tuple(
                row
                for row in self.contexts
                if (not row.concepts or concept in row.concepts)
                and (not row.heads or key[0] in row.heads)
                and (not row.words or key[1] in row.words)
            )
        return self._by_head[key]


def _is_short(before: str) -> bool:
    """Does a pattern look back no further than a short lead? It ends at the phrase, repeats nothing and has no ^."""
    if not before.endswith("$") or set(before) & set("*+{^"):
        return False
    while group := _INNERMOST.search(before):
        before = before[: group.start()] + max(group[1].split("|"), key=len) + before[group.end() :]
    return "|" not in before and len(before) <= _SHORT_LEAD


def _context(row: Mapping[str, Any], action: str) -> _Context:
    def compiled(field: str) -> re.Pattern[str] | None:
        return re.compile(row[field]) if field in row else None

    return _Context(
        name=row["name"],
        action=action,
        concepts=frozenset(row.get("concepts", ())),
        heads=frozenset(row.get("heads", ())),
        words=frozenset(row.get("words", ())),
        grouped=row.get("scope") == "group",
        short=_is_short(row.get("before", "")),
        before=compiled("before"),
        after=compiled("after"),
        said=compiled("said"),
    )


@cache
def target_rules() -> TargetRules:
    """Return the context rows of `lexicon/targets.toml`, read once."""
    return TargetRules(read_table())


def find_targets(sentence: str, heading: str = "") -> tuple[FoundTarget, ...]:
    """Return whom the measure is for, ordered by position; empty where the sentence names nobody. Never raises.

    `sentence` is clean text (no white space, ASCII digits). `heading` is the title of its provision; every finder
    that judges a whole sentence is given it, no rule of this one reads it yet.
    """
    phrases = noun_phrases(sentence)
    if not phrases:
        return ()
    verdicts = _with_their_company(phrases, [_verdict_at(sentence, phrases, n) for n in range(len(phrases))])
    verdicts = [_kept_alone(verdicts, n) for n in range(len(verdicts))]
    weak = "weak" if "keep" not in verdicts else None  # a weak one counts where no other is named
    kept: list[Phrase] = []
    firm_named = False
    summed_up = -1  # where the last noun ends that sums up those before it
    for n, phrase in enumerate(phrases):
        if verdicts[n] not in ("keep", weak):
            continue
        summed = _sum_before(sentence, phrase.begin, phrase.bare or phrase.head.inherits) if kept else -1
        if (summed >= 0 and kept[-1].end == summed) or sentence[summed_up : phrase.begin] in ("和", "及", "、"):
            summed_up = phrase.end
            continue
        if _in_relative_clause(sentence, phrases, verdicts, n):
            continue
        if summed >= 0 and _UNLISTED.fullmatch(sentence, kept[-1].end, summed):
            kept += unlisted_members(sentence, kept[-1].end, summed, phrase)  # 旅行社、旅游车队等文旅企业
            summed_up = phrase.end
            continue
        if _points_back(sentence, phrase, kept, firm_named):
            firm_named = True
            continue
        near = slice(max(0, n - _NEAR), n)
        kept.append(_in_its_clause(sentence, _of_what_is_owned(phrase, phrases[near], verdicts[near])))
        firm_named = firm_named or phrase.kind in _FIRM_KINDS
    kept = with_those_between(sentence, kept)
    return tuple(FoundTarget(p.begin, p.end, p.word.concept or "other", p.word.name) for p in kept)


def _kept_alone(verdicts: Sequence[str], n: int) -> str:
    """The n-th verdict; what yields to a recipient is kept where the next phrases name none."""
    recipient = any(verdict in ("keep", "weak") for verdict in verdicts[n + 1 : n + _NEAR])
    return "keep" if verdicts[n] == "yield" and not recipient else verdicts[n]


def _verdict_at(sentence: str, phrases: list[Phrase], n: int) -> str:
    """The verdict on the n-th phrase: what stands in quotes, in a bracket that explains, or before its own is none."""
    phrase = phrases[n]
    staff = _staff_of(phrases, n)
    if staff is not None and _verdict(sentence, staff) == "keep":
        return "drop"  # whose staff: 民营企业经营管理人员
    if _in_quotes(sentence, phrase) or (n and _explains(sentence, phrases[n - 1], phrase)):
        return "drop"
    if phrase.group[0] > 1 and sentence.startswith("（", phrase.group[0] - 1):
        return "drop"  # 园区（孵化器）
    return _verdict(sentence, phrase)


def _staff_of(phrases: list[Phrase], n: int) -> Phrase | None:
    """The person that stands right behind a firm or institution, or behind the last of several: 卫生院、诊所医生."""
    first = phrases[n]
    for one, after in zip(phrases[n : n + _NEAR], phrases[n + 1 : n + 1 + _NEAR], strict=False):
        if one.kind != first.kind or one.group != first.group or one.kind not in _EMPLOYERS:
            return None
        if after.kind == "person" and after.begin == one.end and after.head.name != PUBLIC:
            return after
    return None


def _explains(sentence: str, before: Phrase, phrase: Phrase) -> bool:
    """Does the phrase stand in a bracket that says what the one before it means: 顶尖人才（A类人才，见附件）?"""
    opened = sentence.rfind("（", before.end, phrase.begin)
    if opened < 0 or sentence.find("）", opened, phrase.begin) >= 0 or _INCLUDING.match(sentence, opened + 1):
        return False
    return _BETWEEN.fullmatch(sentence, before.end, opened) is not None or before.begin > opened


def _verdict(sentence: str, phrase: Phrase) -> str:
    """Keep, drop or weak, by the first context row that fits; the phrase's concept decides where none does."""
    rules = target_rules()
    article = _ARTICLE.match(sentence)
    start = article.end() if article else 0
    own = sentence[max(start, phrase.begin - _LEAD) : phrase.begin]
    first, last = phrase.group
    grouped = own if first == phrase.begin else sentence[max(start, first - _LEAD) : first]
    leads = ((own, own[-_SHORT_LEAD:]), (grouped, grouped[-_SHORT_LEAD:]))
    for row in rules.contexts_of(phrase):
        if row.said is not None and not row.said.fullmatch(sentence, phrase.begin, phrase.end):
            continue
        end = last if row.grouped else phrase.end
        if (row.after is None or row.after.match(sentence, end)) and (
            row.before is None or row.before.search(leads[row.grouped][row.short])
        ):
            return row.action
    return "unsaid" if phrase.word.concept in rules.on_cue else "keep"


def _with_their_company(phrases: list[Phrase], verdicts: list[str]) -> list[str]:
    """Settle what nothing is said of: kept beside a like that is kept (医院和物流企业), dropped else."""
    if "unsaid" not in verdicts:
        return verdicts
    kept = {(p.group, p.kind in _BODIES) for p, v in zip(phrases, verdicts, strict=True) if v == "keep"}
    return [
        ("keep" if (p.group, p.kind in _BODIES) in kept and p.word.concept not in _MOSTLY_ACT else "drop")
        if verdict == "unsaid"
        else verdict
        for p, verdict in zip(phrases, verdicts, strict=True)
    ]


def _in_its_clause(sentence: str, phrase: Phrase) -> Phrase:
    """Give an enterprise without a concept of its own the one that its clause says: 挂牌的企业, 企业升规后."""
    rules = target_rules()
    lead = sentence[max(0, phrase.begin - _LEAD) : phrase.begin]
    for row in rules.clauses_of(phrase.word):
        if (
            (row.said is None or row.said.fullmatch(sentence, phrase.begin, phrase.end))
            and (row.before is None or row.before.search(lead))
            and (row.after is None or row.after.match(sentence, phrase.end))
        ):
            return replace(phrase, word=rules.clause_words[row.name])
    return phrase


def _of_what_is_owned(phrase: Phrase, before: Sequence[Phrase], verdicts: Sequence[str]) -> Phrase:
    """Give an owner the concept of the last thing named before him: 建设民宿的，奖励投资方."""
    if not phrase.head.inherits or phrase.word is not phrase.head:
        return phrase
    for other, verdict in zip(reversed(before), reversed(verdicts), strict=True):
        owned = other.word.concept in _OWNED and phrase.kind != "project"
        if (owned or verdict == "yield") and other.group != phrase.group:
            return replace(phrase, word=other.word)
    return phrase


def implied_concepts(clause: str, previous: Sequence[str]) -> tuple[str, ...]:
    """Return the concepts that a ；-clause without a noun of its own takes from the clause before it.

    `previous` are the concepts of the targets of the clause before (对个体工商户…免收租金；承租其他用房的，…). Empty
    where the clause names a target itself or does not open with such a case.
    """
    if not _BARE_CASE.match(clause) or find_targets(clause):
        return ()
    return tuple(dict.fromkeys(previous))


def _in_quotes(sentence: str, phrase: Phrase) -> bool:
    """Is the phrase a part of a quoted slogan or title (“政府补一点+商户让一点”)?"""
    opened = sentence.rfind("“", max(0, phrase.begin - 30), phrase.begin)
    if opened < 0 or sentence.find("”", opened, phrase.begin) >= 0:
        return False
    title = sentence[max(0, opened - 1) : opened] in _BEFORE_TITLE and sentence.startswith("”", phrase.end)
    return not title or _OF_A_BRAND.match(sentence, phrase.end) is not None


def _sum_before(sentence: str, begin: int, bare: bool) -> int:
    """Where 等 begins that makes the noun at `begin` the sum of the members before it; -1 where there is none."""
    near = max(0, begin - 12)
    if bare and (counted := _COUNTED_SECTORS.search(sentence, near, begin)):
        return counted.start() - sentence.startswith("等", counted.start() - 1)
    if "等" not in sentence[near:begin]:
        return -1
    match = _SUMMED.search(sentence, near, begin)
    return match.start() if match else -1


def _points_back(sentence: str, phrase: Phrase, kept: list[Phrase], firm_named: bool) -> bool:
    """Does a bare 企业 only point back to what was named before? Not where it has a relative clause of its own."""
    if not phrase.bare or not kept:
        return False
    if not firm_named:  # 对…项目，给予企业奖励
        given = _GIVES.search(sentence, max(0, phrase.begin - 8), phrase.begin) is not None
        return given and any(p.kind in _STANDS_FOR_A_FIRM for p in kept[-_NEAR:])
    if _COUNTED.search(sentence, max(0, phrase.begin - 6), phrase.begin) or sentence.endswith(_OTHERS, 0, phrase.begin):
        return False  # 带动100家企业, 支持其他企业
    if _COUNTED_AFTER.match(sentence, phrase.end):
        return False  # 十亿元以上企业30家
    if kept[-1].group == phrase.group and kept[-1].end == phrase.begin - 1 and kept[-1].kind not in _FIRM_KINDS:
        return False  # 孵化器、企业
    return sentence[phrase.begin - 1] != "的" or sentence.endswith("符合条件的", 0, phrase.begin)


def _in_relative_clause(sentence: str, phrases: list[Phrase], verdicts: list[str], n: int) -> bool:
    """Does the phrase stand inside the relative clause of a later one (对招用毕业生的企业, of 毕业生)?"""
    phrase = phrases[n]
    stop = _PUNCTUATION.search(sentence, phrase.end, phrase.end + _LEAD)
    limit = stop.start() if stop else phrase.end + _LEAD
    ahead = slice(n + 1, n + 1 + _LEAD)
    first = phrase.begin == 0 or _PUNCTUATION.match(sentence, phrase.begin - 1) is not None
    for later, verdict in zip(phrases[ahead], verdicts[ahead], strict=True):
        if later.begin >= limit:
            return False
        if sentence[later.begin - 1] != "的" or verdict in _NOT_FOR_IT or later.group == phrase.group:
            continue
        if later.kind == "project" and not first:
            continue
        if phrase.kind == later.kind == "firm" and sentence.startswith("对", phrase.begin - 1):
            return False  # 对|民营企业兼并重组…的企业
        end = (
            min(phrase.group[1], later.begin - 1) if phrase.kind == "firm" else phrase.end
        )  # 世界500强、中国500强企业|设立的
        between = sentence[end : later.begin - 1]
        if not between:
            return later.kind in _BODIES  # 承建项目的|企业
        if _STRONG_GOVERNOR.search(between) or _NOT_OF_LATER.match(between):
            return False
        if between.startswith(_AND):  # 对为小微企业、农户服务的机构
            return _OPENS_TWICE.search(sentence, max(0, phrase.begin - _LEAD), phrase.begin) is not None
        if first and _DONE_BY_IT.match(between):
            return True  # 企业引进的|人才
        return _OPENS_RELATIVE.search(sentence, max(0, phrase.begin - _LEAD), phrase.begin) is not None
    return False
