"""Worst inputs of the whole way, from text to records, take time in proportion to their length."""

from contextlib import suppress

import pytest
from linear import SEEDS
from timing import assert_linear
from zhengce.extract.errors import NotAPolicyError
from zhengce.extract.pipeline import extract_source
from zhengce.extract.records import Source


def read(text: str) -> None:
    with suppress(NotAPolicyError):
        extract_source(Source(f"一、总体要求\n{text}", "worst.txt", "text/plain", "utf-8", ""))


@pytest.mark.parametrize("name", SEEDS)
def test_time_is_linear(name: str) -> None:
    assert_linear(read, SEEDS[name], 12_000)
