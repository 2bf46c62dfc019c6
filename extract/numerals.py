"""Chinese numerals to integers: 十 → 10, 二十三 → 23, 一百零五 → 105, 二〇二二 → 2022, 3千 is not read here."""

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "O": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
TENS = {"十": 10, "百": 100, "千": 1000}


def chinese_integer(text: str) -> int:
    """Read a Chinese integer, by places (二〇二二) or by units (二十三, 一万二千). Raises ValueError for other text."""
    if not text:
        raise ValueError("an empty numeral")
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = below = group = 0  # what 亿 closed, what 万 closed after it, and the four places that are open
    digit: int | None = None
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in TENS:
            group += (1 if digit is None else digit) * TENS[c]
            digit = None
        elif c == "万":
            below, group, digit = (below + group + (digit or 0)) * 10_000, 0, None
        elif c == "亿":
            total, below, group, digit = (total + below + group + (digit or 0)) * 100_000_000, 0, 0, None
        else:
            raise ValueError(f"{text!r} is no Chinese numeral")
    return total + below + group + (digit or 0)
