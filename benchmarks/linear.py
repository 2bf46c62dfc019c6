"""Is reading linear? `python benchmarks/linear.py [MEGABYTES]`: worst inputs at 1, 2 and 4 times a size, as ratios.

A linear reader takes about twice as long for twice the text. Each seed is meant to hurt some pattern or loop: openers
without an end, numbers without units, cues without objects, lines that look like headings, notes, dates or signatures.
"""

import statistics
import sys
import time
from contextlib import suppress

from zhengce.extract.errors import NotAPolicyError
from zhengce.extract.pipeline import extract_source
from zhengce.extract.records import Source

SEEDS = {
    "one sentence, no mark": "对小微企业给予补贴",
    "clauses": "对小微企业给予补贴，",
    "recipients": "对牵头单位、建设单位给予补贴、",
    "sentences": "对小微企业给予5万元补贴。",
    "lines": "对小微企业给予5万元补贴。\n",
    "open brackets": "（",
    "closed brackets": "）",
    "nested brackets": "（（（a）",
    "open titles": "《",
    "titles": "《办法》",
    "quotes": "“",
    "leaders": "目录…",
    "form lines": "申报单位....    ",
    "blank leaders": "……   ",
    "contents": "一、总则……1\n",
    "digits": "1",
    "spaced digits": "1 ",
    "dates": "2022年3月1日",
    "date heads": "2022年",
    "amounts": "不超过5万元、",
    "chinese numerals": "一百二十",
    "numbered lines": "一、\n",
    "numbered items": "1.对企业给予补贴；\n",
    "inline numbers": "。一、",
    "notes": "（责任单位：省财政厅、税务局）",
    "noted items": "一、加大支持。对企业给予补贴。（责任单位：省财政厅）\n",
    "open notes": "（责任单位：",
    "bodies": "省财政厅、",
    "signatures": "青川省人民政府办公厅\n",
    "date lines": "2022年3月1日\n",
    "attachment heads": "附件1\n",
    "blank lines": "\n \n",
    "issued titles": "现将《办法》印发给你们。\n",
    "conditions": "对符合条件的",
    "modals": "可应要须",
    "targets": "小微企业、个体工商户和",
    "encouraged": "鼓励各地",
    "repeated tails": "后顾之忧。\n\n忧。\n\n",
}
BUDGET = 20.0


def seconds(seed: str, characters: int) -> float:
    """Processor seconds for one text of that many code points; a text that is no policy counts too."""
    text = "一、总体要求\n" + seed * (characters // len(seed))
    start = time.process_time()
    with suppress(NotAPolicyError):
        extract_source(Source(text, "worst.txt", "text/plain", "utf-8", ""))
    return time.process_time() - start


def main() -> None:
    """Print seconds and ratios for each seed; stop a seed that is far beyond linear before it eats the machine."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    names = sys.argv[2:] or list(SEEDS)
    size = int(megabytes * 1_000_000 / 3)  # a Chinese character has three bytes
    seconds("热身。", 10_000)
    print(f"{'seed':24} {'1x s':>8} {'2x s':>8} {'4x s':>8} {'2x/1x':>7} {'4x/2x':>7}")
    worst = []
    for name in names:
        small = seconds(SEEDS[name], size // 16)
        if small * 16 > BUDGET * 4:
            print(f"{name:24} {small:8.2f} s at a sixteenth of the size: given up")
            worst.append(float("inf"))
            continue
        one, two, four = (seconds(SEEDS[name], size * n) for n in (1, 2, 4))
        worst.append(four / two)
        print(f"{name:24} {one:8.2f} {two:8.2f} {four:8.2f} {two / one:7.2f} {four / two:7.2f}", flush=True)
    print(f"\nmedian 4x/2x {statistics.median(worst):.2f}, worst {max(worst):.2f}")


if __name__ == "__main__":
    main()
