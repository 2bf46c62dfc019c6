"""The words that bound a number and that say per what it is: `bound` and `per` of `lexicon/quantities.toml`."""

import re
from dataclasses import dataclass
from functools import cache

from .unit_table import lexicon

_SINGLE = (
    "次(?=最高|最多|不超过|补[助贴]|奖励)|户"
    "|张|笔|部(?!门|分|位|署)|款(?!项)|站|个|家|项|台|店|企业|项目|件|人|辆|间|床|品种|产品|品规|场|期|株|栋|车|机(?![构制关])"
)
# 一条线最多200万元: the cap of each
_ONE = "家企业|个项目|人|户|家|条|台|套|辆|栋|亩|件|张|笔"
_SAME = "企业|公司|项目|个人|产品|主体"


@dataclass(frozen=True, slots=True)
class BoundWord:
    """A row of the `bound` table: what its words say, and of which numbers."""

    name: str
    bound: str
    inclusive: bool
    gap: int
    verbs: bool
    units: frozenset[str]
    kinds: frozenset[str]
    not_kinds: frozenset[str]


@cache
def bound_words(side: str) -> tuple[re.Pattern[str], dict[str, BoundWord | None]]:
    """A pattern of all bound words of one side, and the rule of each; None for words that only look like one."""
    by_word: dict[str, BoundWord | None] = {}
    for row in lexicon()["bound"]:
        if row["side"] != side:
            continue
        rule = BoundWord(
            row["name"],
            row["bound"],
            row.get("inclusive", True),
            row.get("gap", 0),
            row.get("verbs", False),
            frozenset(row.get("units", ())),
            frozenset(row.get("kinds", ())),
            frozenset(row.get("not_kinds", ())),
        )
        by_word |= dict.fromkeys(row["words"], rule)
        for word in row.get("not", ()):
            by_word.setdefault(word, None)
    words = sorted(by_word, key=lambda word: (-len(word), word))
    inside = "|".join(map(re.escape, words))
    if side == "after":
        # 300万元/亩（不含土地款）以上, 3年期以内: what may stand between
        aside = (
            "(?:[/每][^，。；、（）0-9]{1,4}?|期|人民币|(?:单位|企业)(?=以[上下]))?"
            "(?P<a>（[^（），。；]{1,20}）|（[^（）。；]{1,8}，下同）|）)?"
        )
        return re.compile(rf"{aside}(?P<word>{inside})(?P<b>（不?含[^（）]{{0,8}}）)?"), by_word
    return re.compile(inside), by_word


@cache
def per_words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns of what stands before a number (每户) and behind it (/户), and the code of each word."""
    codes: dict[str, str] = lexicon()["per"]
    words = "|".join(sorted(map(re.escape, codes), key=lambda word: (-len(word), word)))
    before = re.compile(
        rf"每(?:一|1)?({words})|(?<!简)单(?!项冠)(?:一)?(?={_SINGLE})({words})|(?<!简)单一((?:金融|担保)?机构|网点)"
        rf"|^一(?=[^，。；0-9]{{1,8}}(?:最[高多]|不超过|不得超过|上限|限额|封顶))({_ONE})"
        rf"|同一(?=[^，。；]{{2,24}}(?:最高|最多|不超过|不得超过|上限|限额))家?({_SAME})"
    )
    after = re.compile(rf"(?:/|每|·|•|\*)(?:每)?({words})")
    return before, after, codes
