"""What a sentence is for, as the tests of targets compare it."""

from zhengce.extract.finders.targets import find_targets


def said(sentence: str) -> list[tuple[str, str]]:
    """The text and the concept of each target, in order."""
    return [(sentence[t.begin : t.end], t.concept) for t in find_targets(sentence)]
