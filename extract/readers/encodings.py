"""Bytes to text: which encoding they are in, and a clear error where they are no text or were damaged.

Tried strictly, in this order: byte order mark, the charset that the page declares, UTF-8, UTF-16 without a mark,
GB18030 (which contains GB2312 and GBK). A decoding whose characters are not those of Chinese prose is not believed:
Big5 bytes are valid GB18030, but give rare characters. Only then a statistical detector is asked, since it takes short
Chinese texts in GBK for Korean.
"""

import codecs
import re
from contextlib import suppress

from ..errors import UnreadableError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# what pages call an encoding → the one that contains it
DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
DECLARED |= {"big5": "cp950", "big5-hkscs": "big5hkscs", "utf8": "utf-8", "unicode": "utf-16"}
SINGLE_BYTE = re.compile("(?:iso-?8859|latin|windows-125|cp125|us-ascii|ascii|x-user)")
SAVE_AS_TEXT = "Save it as plain text (.txt, UTF-8 or GB18030) and build that."
FETCH_AGAIN = "Fetch the document again from where it comes from; these characters cannot be restored."

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# the characters of official prose, simplified and traditional: more than a third of any policy text
COMMON = frozenset(
    "的一是在不了有和人中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定"
    "行学學法所民得经經十三之进進着著等部度家电電力里如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開"
    "它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么利比或但质質气氣第向道命此变變条條只没"
    "结結解问問意建月公无無系军軍很情者最立代想已通并並提直题題党黨程展五果料象员員革位入常文总總次品式活设設及管特件长長求老头頭基资資边邊流路级級"
    "少图圖山统統接知较較将將组組见見计計别別她手角期根论論运運农農指几幾九区區强強放决決西被干做必战戰先回则則任取据據处處队隊南给給色光门門即保治"
    "北造百规規热熱领領七海口东東导導器压壓志世金增争爭济濟阶階油思术術极極交受联聯什认認六共权權收证證改清己美再采採转轉更单單风風切打白教速花带帶安"
    "场場身车車例真务務具万萬每目至达達走积積示议議声聲报報斗完类類八离離华華名确確才科张張信马馬节節话話米整空元况今集温溫传傳土许許步群广廣石记記需"
    "段研界拉林律叫且究观觀越织織装裝影算低持音众眾书書布复復容儿兒须須际際商非验驗连連断斷深难難近矿礦千周委素技备備半办辦青省列习習响響约約支般史"
    "感劳勞便团團往酸历歷市克何除消构構府称稱太准準精值号號率族维維划選选标標写寫存候毛亲親快效斯院查江型眼王按格养養易置派层層片始却专專状狀育厂廠"
    "京识識适適属屬圆圓包火住调調满滿县縣局照参參红紅细細引听聽该該铁鐵价價严嚴企补補贴貼奖獎励勵税稅租房贷貸款免减減征徵纳納担擔险險费費服护護"
)
COMMON_RUNS = re.compile(f"[{''.join(sorted(COMMON))}]+")
SAMPLE = 5_000
LETTERS_READ = 2_000
# how much of the beginning is searched for control and lost characters; a NUL is looked for everywhere
CONTROLS_READ = 64 * 1024
# letters of any writing but ASCII's: what a wrong decoding gives
LETTERS = re.compile("[\u00a1-\u00b6\u00b8-\u1fff\u2c00-\u2fff\u3040-\ud7ff\ue000-\ufeff\uffa0-\uffdc]")
# a decoding is believed where this part of its letters is common; policies have 0.73 to 0.86, garbage at most 0.19
BELIEVED = 0.4
# fewer characters say nothing
TELLING = 20
# what texts turn into that were decoded wrongly and saved so
LOST = ("锟斤拷", "\ufffd", "烫烫烫", "屯屯屯")
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r")
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """Return (text, encoding). `declared` is the charset that the file itself names, if it does.

    Raises UnreadableError, naming `name`, for bytes that are no text, and for text that an earlier wrong decoding has
    damaged.
    """
    if not data or data.isspace():
        raise UnreadableError(name, "is empty.", "Leave it out, or fetch the document again.")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _checked(_strict(data[len(bom) :], encoding, name), name, data, encoding), encoding
    for encoding in _candidates(data, declared):
        text = _tried(data, encoding)
        if text is not None and (encoding == "utf-8" or believed(text)):
            return _checked(text, name, data, encoding), encoding
    if found := _detected(data):
        return _checked(found[0], name, data, found[1]), found[1]
    if (text := _tried(data, "gb18030")) is not None:
        _checked(text, name, data, "gb18030")
        raise UnreadableError(name, "is in an encoding that is not known: no decoding gives Chinese.", SAVE_AS_TEXT)
    raise UnreadableError(name, "is neither UTF-8 nor GB18030 (GBK, GB2312) text.", SAVE_AS_TEXT)


def _candidates(data: bytes, declared: str | None) -> list[str]:
    found = []
    if declared:
        label = declared.strip().strip("'\"").lower()
        label = DECLARED.get(label, label)
        # encodings of one byte decode anything and prove nothing
        if not SINGLE_BYTE.match(label):
            with suppress(LookupError):
                found.append(codecs.lookup(label).name)
    found.append("utf-8")
    if b"\0" in data and len(data) % 2 == 0:
        # UTF-16 without a mark: line ends and digits have a zero on the side of the high byte
        even, odd = data[0:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
        wide = "utf-16-le" if odd > even else "utf-16-be"
        text = _tried(data, wide)
        common = sum(map(COMMON.__contains__, (text or "")[:SAMPLE]))
        if text and "\0" not in text and 4 * common > min(len(text), SAMPLE):
            found = [wide]
    return [*dict.fromkeys([*found, "gb18030"])]


def _tried(data: bytes, encoding: str) -> str | None:
    if encoding == "gb18030":
        # its part GBK is all that most texts have: the same characters, decoded by a fifth quicker
        with suppress(UnicodeDecodeError):
            return data.decode("gbk")
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def believed(text: str) -> bool:
    """Are the letters of a text those of Chinese prose? A text with few but ASCII's is believed.

    A sample is enough, from the first such letter on: pages begin with markup.
    """
    first = LETTERS.search(text)
    begin = first.start() if first else 0
    sample = text[begin : begin + LETTERS_READ]
    common = len("".join(COMMON_RUNS.findall(sample)))
    if common >= max(TELLING, BELIEVED * len(sample)):
        return True  # whatever the others are
    letters = len(LETTERS.findall(sample))
    return common >= BELIEVED * letters if letters >= TELLING else "\0" not in sample


def _detected(data: bytes) -> tuple[str, str] | None:
    """What the detector takes the bytes for, where that gives Chinese prose."""
    for encoding in ("cp950", "big5hkscs"):
        text = _tried(data, encoding)
        if text is not None and len(HAN.findall(text[:SAMPLE])) >= TELLING and believed(text):
            return text, encoding
    try:
        from charset_normalizer import from_bytes
    except ImportError:  # the extra `readers` is not installed: what is left is refused
        return None
    for match in from_bytes(data[: 4 * SAMPLE]):
        text = _tried(data, match.encoding)
        if text is not None and len(HAN.findall(text[:SAMPLE])) >= TELLING and believed(text):
            return text, match.encoding
    return None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"says that it is {encoding}, but byte {error.start} is not."
        raise UnreadableError(name, problem, SAVE_AS_TEXT) from None


def _checked(text: str, name: str, data: bytes, encoding: str) -> str:
    """Text holds no NUL, hardly any other control character, and is not what a wrong decoding leaves behind."""
    if encoding in WIDE:
        controls = sum(map(text.count, map(chr, CONTROLS)))
    else:  # no other encoding has such bytes within a character
        read = data[:CONTROLS_READ]
        controls = len(read) - len(read.translate(None, CONTROLS)) or b"\0" in data
    if controls and ("\0" in text or controls * 100 > min(len(text), CONTROLS_READ)):
        raise UnreadableError(name, f"is binary data ({controls} control characters), not text.", SAVE_AS_TEXT)
    if not text[:SAMPLE].strip() and not text.strip():
        raise UnreadableError(name, "holds white space only.", "Leave it out, or fetch the document again.")
    beginning = text[:CONTROLS_READ]
    found = {mark: count for mark in LOST if mark[0] in beginning and (count := beginning.count(mark))}
    lost = sum(found.values())
    if lost * 100 > len(beginning):
        problem = f"was saved in a wrong encoding once: {lost} characters are lost (such as {next(iter(found))!r})."
        raise UnreadableError(name, problem, FETCH_AGAIN)
    if encoding == "utf-8" and not believed(text) and (told := _read_wrongly(text)):
        raise UnreadableError(name, f"was saved in a wrong encoding once: {told}.", FETCH_AGAIN)
    return text


def _read_wrongly(text: str) -> str | None:
    """Would the characters make sense, had they been decoded otherwise (UTF-8 that was read as GBK, or as Latin-1)?"""
    sample = text[:SAMPLE]
    for wrong in ("gb18030", "cp1252", "latin-1"):
        again = sample.encode(wrong, "ignore").decode("utf-8", "ignore")
        if len(HAN.findall(again)) >= TELLING and believed(again):
            return f"UTF-8 that was read as {wrong}"
    return None
