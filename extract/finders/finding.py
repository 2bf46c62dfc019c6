"""What a finder returns: a code, where in the sentence it is said, and the rule that saw it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One code said by the characters [begin, end) of the sentence given to the finder."""

    code: str
    begin: int
    end: int
    rule: str
