"""Words of a Chinese text: the one function behind which jieba sits.

Reading with jieba costs far more than looking up literals, so callers ask only where a word border decides something
(可 in 可申请 and 可持续) and give the clause around, not the document.
"""

import logging
import warnings
from functools import cache
from typing import Any

# words of policy language that jieba's own dictionary lacks or cuts where it matters to us
_OWN_WORDS = (
    "可持续", "可再生", "可追溯", "可复制", "可推广", "可操作", "可支配", "可控", "可及性", "可比", "可量化",
    "应届", "应税", "应收账款", "应纳税额", "应急转贷", "应退尽退", "应享尽享", "应保尽保", "应免尽免", "应降尽降",
    "应贷尽贷", "应续尽续", "应延尽延", "要素", "要件", "须知",
)  # fmt: skip

_MODALS = "可应要须"


@cache
def _tokenizer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own regular expressions and pkg_resources warn at import
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()  # a private one: our words must not change the caller's jieba
    # jieba would read and write a cache in the common temporary folder, which may be another version's or user's
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in [w for w in tokenizer.FREQ if w[0] in _MODALS and len(w) > 2 and tokenizer.FREQ.get(w[1:])]:
        tokenizer.del_word(word)  # 可延长 is 可 and a verb, whatever the dictionary says
    for word in _OWN_WORDS:
        tokenizer.add_word(word)
    return tokenizer


def words(text: str) -> list[tuple[str, int, int]]:
    """Cut `text` into words: (word, begin, end), offsets in code points of `text`, which they cover without a gap.

    Deterministic for one version of jieba: its guessing of unknown words (HMM) is off. The first call loads the
    dictionary (about a second).
    """
    return [(word, begin, end) for word, begin, end in _tokenizer().tokenize(text, HMM=False)]


def is_word(text: str, begin: int, end: int) -> bool:
    """Say whether [begin, end) of `text` is one whole word of it."""
    return any(b == begin and e == end for _, b, e in words(text))
