"""Worst inputs take time in proportion to their length: the benchmark's seeds at sizes that a test can afford.

Four times the text takes a linear reader four times as long and a quadratic one sixteen times; the bound lies between,
with room for a noisy machine.
"""

import pytest
from linear import SEEDS, seconds

SIZE = 12_000
BOUND = 7.0
SHORT = 0.05  # seconds that say nothing


@pytest.mark.parametrize("name", SEEDS)
def test_four_times_the_text_takes_about_four_times_as_long(name: str) -> None:
    seconds(SEEDS[name], 1_000)
    measured = []
    for _ in range(3):  # a moment of noise gets another chance
        small, large = seconds(SEEDS[name], SIZE), seconds(SEEDS[name], 4 * SIZE)
        measured.append((round(small, 3), round(large, 3)))
        if large < SHORT or large / small < BOUND:
            return
    pytest.fail(f"{name}: seconds for {SIZE} and {4 * SIZE} characters: {measured}")
