"""The rule files of the lexicon folder, read as data."""

import tomllib
from importlib import resources
from typing import Any


def read_lexicon(name: str) -> dict[str, Any]:
    """Parse `lexicon/NAME.toml`. Raises FileNotFoundError or, for a faulty file, tomllib.TOMLDecodeError."""
    package = resources.files(__package__.rpartition(".")[0])
    return tomllib.loads(package.joinpath("lexicon", f"{name}.toml").read_text(encoding="utf-8"))
