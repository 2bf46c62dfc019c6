"""How the tests of quantities name what was found."""

from zhengce.extract.finders.quantities import FoundQuantity


def quote(sentence: str, found: FoundQuantity) -> str:
    """The characters of a quantity."""
    return sentence[found.begin : found.end]
