"""The rule files of the lexicon folder, read as data."""

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

_WORD = re.compile(r"\{([a-z_]+)\}")


def read_lexicon(name: str) -> dict[str, Any]:
    """Parse `lexicon/NAME.toml`. Raises FileNotFoundError or, for a faulty file, tomllib.TOMLDecodeError."""
    package = resources.files(__package__.rpartition(".")[0])
    return tomllib.loads(package.joinpath("lexicon", f"{name}.toml").read_text(encoding="utf-8"))


def load_lexicon(name: str) -> dict[str, Any]:
    """Read a rule file of the lexicon, each {word} in its strings replaced by the pattern that its `words` table gives.

    Raises FileNotFoundError for an unknown file and KeyError that names a word the table lacks.
    """
    data = read_lexicon(name)
    words: dict[str, str] = {}
    for word, pattern in data["words"].items():
        words[word] = _filled(pattern, words)
    filled: dict[str, Any] = _filled(data, words)
    return filled


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    """The value with {word} replaced in its strings; {1,2} stays."""
    if isinstance(value, str):
        return _WORD.sub(lambda name: words[name[1]], value)
    if isinstance(value, dict):
        return {key: item if key == "words" else _filled(item, words) for key, item in value.items()}
    return [_filled(item, words) for item in value] if isinstance(value, list) else value
