"""Kinds of places that share the noun behind the last of them: 各市、县（市、区）人民政府 are two descriptions."""

import re

_PLACE = r"(?:设区|省辖|地级|自治|直辖|计划单列|特)?[省市县区州盟旗镇乡]{1,3}(?:（[^（）]{1,12}）|〔[^〔〕]{1,12}〕)?"
_EACH = re.compile(_PLACE)
# 各省、自治区、直辖市人民政府 is a set phrase
_SHARED = re.compile(
    rf"各(?!省、自治区)({_PLACE}(?:、{_PLACE})+?)((?:人民)?政府(?:（[^（）]{{1,8}}）)?|[^、，：（）]{{2,14}}[局委办])"
)

# an item of a list that ends in such a place, and what goes on with it
_PLACES = re.compile(rf"各{_PLACE}(?:、{_PLACE}){{0,3}}$")
_PLACE_NEXT = re.compile(
    rf"(?:直辖|计划单列)市|{_PLACE}(?=人民政府|政府|、|，|；|：|$|管委会|直辖市)|街道"
    # 各省、自治区财政厅 and 各市、县（区）商务局 share the department, 各区、市财政局 are two
    r"|自治区(?=[^、，：]{2,14}[厅局委])|[县区](?:（[^（）]{1,8}）)?(?=[^、，：县区]{2,14}[局委办])"
)


def places_apart(text: str) -> list[tuple[int, int, str]]:
    """Begin, end and full name of each kind of place that shares a noun; [] where the text is no such list.

    Offsets are code points of the text; the first begins with 各, the last ends with the noun.
    """
    shared = _SHARED.fullmatch(text)
    if shared is None:
        return []
    spans = [match.span() for match in _EACH.finditer(text, *shared.span(1))]
    names = [f"各{text[begin:end]}{shared[2]}" for begin, end in spans]
    spans[0] = (0, spans[0][1])
    spans[-1] = (spans[-1][0], len(text))
    return [(*span, name) for span, name in zip(spans, names, strict=True)]


def join_places(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The items of a list, places that share a noun put together: 各市、县（市、区）人民政府."""
    found: list[tuple[int, int]] = []
    for begin, end in pieces:
        if found and _PLACES.search(text[slice(*found[-1])]) and _PLACE_NEXT.match(text, begin, end):
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found
