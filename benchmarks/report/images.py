"""Pictures of the report in a folder such as docs/images, and whether they show today's rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.charts import fingerprint, save_with_provenance
from benchmarks.report.questions import QUESTIONS, read_rows
from benchmarks.study import Rows


def renew_images(results: Path, folder: Path) -> list[Path]:
    """Draw the charts anew whose pictures show something else; all of them into a new folder."""
    new, renewed = not folder.exists(), []
    for name, figure, rows in draw_all(results):
        path = folder / name
        if new or (path.exists() and read_fingerprint(path) != fingerprint(figure)):
            save_with_provenance(figure, rows, path)
            renewed.append(path)
    return renewed


def draw_all(results: Path) -> Iterator[tuple[str, Any, Rows]]:
    """Every chart of the CSVs: the name of its picture, the figure, and the rows that it shows."""
    for question in QUESTIONS:
        rows = question.drawn(read_rows(question, results))
        for name, figure in question.charts(rows).items() if rows and question.charts else ():
            yield f"evidence_{name}.png", figure, rows


def read_fingerprint(path: Path) -> str:
    """What the picture says that it shows; empty if it doesn't say so."""
    from PIL import Image

    with Image.open(path) as image:
        return str(image.info.get("Drawn", ""))
