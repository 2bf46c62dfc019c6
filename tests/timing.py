"""One way to test that reading stays linear, for every finder and for the whole way."""

import gc
import time
from collections.abc import Callable

import pytest

BOUND = 10.0
SHORT = 0.03  # processor seconds that say nothing


def assert_linear(read: Callable[[str], object], piece: str, size: int) -> None:
    """Four times the text takes a linear reader four times as long and a quadratic one sixteen times.

    `size` is in code points. A moment of noise gets two more chances.
    """
    text = piece * (4 * size // len(piece))
    read(text[:1000])
    measured = []
    for _ in range(3):
        small, large = seconds(read, text[:size]), seconds(read, text)
        measured.append((round(small, 3), round(large, 3)))
        if large < SHORT or large / small < BOUND:
            return
    pytest.fail(f"{piece!r}: processor seconds for {size} and {4 * size} characters: {measured}")


def seconds(read: Callable[[str], object], text: str) -> float:
    """Processor seconds of one reading; collecting the garbage of thousands of tests is not the reader's time."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        read(text)
        return time.process_time() - start
    finally:
        gc.enable()
