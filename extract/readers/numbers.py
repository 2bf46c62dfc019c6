"""Numbers as Word prints them in automatic numbering: a count and a number format (ST_NumberFormat) to text.

The formats are those of ECMA-376 part 1, 17.18.59; what they print is what Word prints. A format of another script, or
a count that a format has no sign for, is printed in decimal digits, as Word does.
"""

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万")
LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")
COUNTING = ("零一二三四五六七八九", "十百千", "万")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
MAX_ROMAN = 3999
# a, b … z, aa, bb …: Word repeats the letter, at most 30 times
MAX_LETTERS = 26 * 30


def number_text(number: int, form: str) -> str:
    """The text of a count in a number format; `bullet` and `none` have no text."""
    if form in ("bullet", "none"):
        return ""
    if number < 1:
        return str(number)
    write = FORMATS.get(form)
    return (write(number) if write else None) or str(number)


def _counted(number: int, names: tuple[str, str, str], bare_ten: bool = True) -> str | None:
    """Up to 99,999,999 with 十百千万: 105 → 一百零五; 12 → 十二, or with `bare_ten` False 一十二."""
    digits, units, myriad = names
    if number >= 10**8:
        return None
    high, low = divmod(number, 10_000)
    if high:
        # a part below a thousand is joined by 零
        return (
            (_counted(high, names, bare_ten) or "")
            + myriad
            + ((digits[0] if low < 1000 else "") + _below_myriad(low, digits, units) if low else "")
        )
    text = _below_myriad(number, digits, units)
    return text[1:] if bare_ten and 10 <= number < 20 else text


def _below_myriad(number: int, digits: str, units: str) -> str:
    text = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return text


def _positional(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _chinese_counting(number: int) -> str | None:
    """一 … 九十九, then digit by digit: 一〇〇."""
    return _counted(number, COUNTING) if number < 100 else _positional(number)


def _japanese_counting(number: int) -> str | None:
    """No 零 inside, no 一 before 十 百 千: 百五."""
    if number >= 10_000:
        return None
    text = _below_myriad(number, COUNTING[0], COUNTING[1]).replace("零", "")
    return text.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _roman(number: int) -> str | None:
    if number > MAX_ROMAN:
        return None
    text = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _letter(number: int) -> str | None:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= MAX_LETTERS else None


def _lower(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    return lambda number: (text := write(number)) and text.lower()


def _signs(*runs: tuple[int, int]) -> Callable[[int], str | None]:
    """Consecutive signs: runs of (first code point, how many)."""
    signs = [chr(first + n) for first, count in runs for n in range(count)]
    return lambda number: signs[number - 1] if number <= len(signs) else None


def _one_of(signs: str) -> Callable[[int], str | None]:
    return lambda number: signs[number - 1] if number <= len(signs) else None


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


FORMATS: dict[str, Callable[[int], str | None]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperRoman": _roman,
    "lowerRoman": _lower(_roman),
    "upperLetter": _letter,
    "lowerLetter": _lower(_letter),
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": lambda number: _counted(number, COUNTING),
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": lambda number: _counted(number, (*COUNTING[:2], "萬")),
    "japaneseCounting": _japanese_counting,
    "koreanDigital2": _positional,
    "ideographDigital": _positional,
    "taiwaneseDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "chineseLegalSimplified": lambda number: _counted(number, LEGAL_SIMPLIFIED, bare_ten=False),
    "ideographLegalTraditional": lambda number: _counted(number, LEGAL_TRADITIONAL, bare_ten=False),
    "japaneseLegal": lambda number: _counted(number, LEGAL_TRADITIONAL, bare_ten=False),
    "ideographTraditional": _one_of(STEMS),
    "ideographZodiac": _one_of(BRANCHES),
    "ideographZodiacTraditional": lambda number: (
        STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12] if number <= 60 else None
    ),
    "ideographEnclosedCircle": _signs((0x3220, 10)),
    "decimalEnclosedCircle": _signs((0x2460, 20)),
    "decimalEnclosedCircleChinese": _signs((0x2460, 20)),
    "decimalEnclosedParen": _signs((0x2474, 20)),
    "decimalEnclosedFullstop": _signs((0x2488, 20)),
}
