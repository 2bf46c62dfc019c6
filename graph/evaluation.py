"""Measure extraction against hand-made annotations with a scorer that the project does not own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from ..extract.errors import UserError
from .annotations import write_annotations
from .batch import BuildReport, Outcome, build
from .store import Store


class ScorerError(UserError):
    """The scorer could not be run; the message carries what it printed."""


def gold_sources(folder: Path) -> list[Path]:
    """The source texts of the annotation files in a folder, sorted. Raises ScorerError where there is none."""
    if not folder.is_dir():
        raise ScorerError(f"{folder} is no folder of annotation files (NAME.json beside NAME.txt).")
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
            found.append(folder / (gold.get("source") or f"{path.stem}.txt"))
        except (ValueError, AttributeError) as error:
            raise ScorerError(f"{path} is no annotation file ({error}).") from None
    if not found:
        raise ScorerError(f"{folder} holds no annotation files (NAME.json beside NAME.txt).")
    return found


def evaluate(
    folder: Path,
    scorer: Path,
    options: tuple[str, ...] = (),
    each: bool = False,
    jobs: int = 1,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[str, BuildReport]:
    """Build the documents of a gold folder, write their annotations, and return what the scorer prints of them.

    With `each`, every document is scored by itself too.
    """
    sources = gold_sources(folder)
    store = Store.memory()
    report = build(sources, store, jobs=jobs, progress=progress)
    with TemporaryDirectory(prefix="zhengce-evaluate-") as temporary:
        predictions = Path(temporary, "all")
        write_annotations(store, predictions)
        printed = [run_scorer(scorer, folder, predictions, options)]
        for source in sources if each else ():
            alone = Path(temporary, source.stem)
            alone.mkdir()
            for path in (source, source.with_suffix(".json")):
                shutil.copy(path, alone)
            printed.append(run_scorer(scorer, alone, predictions, options))
        return "\n".join(printed), report


def run_scorer(scorer: Path, gold: Path, predictions: Path, options: tuple[str, ...] = ()) -> str:
    """Run `python SCORER GOLD_DIR PREDICTION_DIR` and return its output. Raises ScorerError where it fails."""
    if not scorer.is_file():
        raise ScorerError(f"{scorer} is not there. Name the scorer with --scorer PATH.")
    command = [sys.executable, "-B", str(scorer), str(gold), str(predictions), *options]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ScorerError(f"{scorer} failed:\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
