"""Numbers of answers that are kept in `tests/data/answers.json`: docs/testing.md says what for.

``python tests/fuzz/kept_numbers.py`` writes them anew; with ``--again`` it leaves out what another
run doesn't agree with. The tests that compare them are run with several instruction sets and
numbers of threads, and what depends on none of them is kept.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

FILE = Path(__file__).parents[1] / "data" / "answers.json"
SAME, CLOSE = 1e-7, 1e-5
"""Largest relative differences: of what is kept between machines, of answers from what is kept."""
DEEP = 4
"""Parts of parts of parts are looked at so far."""
NUMBER = re.compile(r"(?<![\w.#])[-+\u2212]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.]|\s+m?s\b)")
"""Numbers in a text, but for seconds."""
HIDDEN = re.compile(
    r'<(script|style|svg|template)\b(?! type="application/json").*?</\1>|<[^>]*>', re.S
)
"""What no reader of a page sees, but for the data of its programs."""
LEFT_OUT = {"seconds", "widget", "created", "newton"}
"""Members that tell of time, or of steps at the edge of a tolerance."""
ENVIRONMENTS = (
    {},
    {"ATEN_CPU_CAPABILITY": "default", "OPENBLAS_CORETYPE": "Prescott", "MKL_CBWR": "COMPATIBLE"},
    {"ATEN_CPU_CAPABILITY": "avx2", "OPENBLAS_CORETYPE": "Haswell", "OMP_NUM_THREADS": "2"},
)
WRITES = os.environ.get("EDGEWISE_ANSWERS")
"""The folder for what is to be kept; None where answers are only compared."""
Numbers = dict[str, list[float]]


def list_numbers(value, place="", deep=DEEP) -> Numbers:
    """The numbers of a value by place: single ones, and of many their number and four sums."""
    if isinstance(value, bool | int | float | np.number | np.bool_):
        return {place: [float(value)]}
    if isinstance(value, str):
        shown = HIDDEN.sub(" ", value) if "</" in value else value
        found = [float(n.replace("\u2212", "-")) for n in NUMBER.findall(shown)]
        return {place: _sum(found)} if found else {}
    if isinstance(value, torch.Tensor):
        value = value.detach().cpu().resolve_conj().resolve_neg().to_dense().numpy()
    if isinstance(value, pd.DataFrame | pd.Series):
        value = dict(value.items()) if isinstance(value, pd.DataFrame) else value.to_numpy()
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        return {place: [*map(float, value.shape), *_sum(value)]}
    if isinstance(value, Figure):
        return {f"{place}.{name}": _sum(part) for name, part in _list_drawn(value).items()}
    if deep == 0:
        return {}
    found: Numbers = {}
    for name, part in _list_parts(value):
        found |= list_numbers(part, f"{place}.{name}", deep - 1)
    return found


def _list_parts(value):
    """What a value has, by name."""
    if isinstance(value, torch.nn.Module):
        return value.state_dict().items()
    if isinstance(value, dict):
        return [(str(k), v) for k, v in value.items() if str(k) not in LEFT_OUT]
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        plain = all(isinstance(v, bool | int | float | np.number) for v in value)
        return [("all", np.array(value, dtype=float))] if plain and value else enumerate(value)
    kinds = type(value).__mro__
    slots = [name for kind in kinds for name in getattr(kind, "__slots__", ())]
    fields = [*getattr(value, "_fields", ()), *slots, *getattr(value, "__dict__", ())]
    return [
        (name, getattr(value, name))
        for name in fields
        if isinstance(name, str)
        and not name.startswith("_")
        and name not in LEFT_OUT
        and hasattr(value, name)
    ]


def _list_drawn(figure):
    """Numbers of what a picture shows, by kind: points, sizes, places of texts."""
    figure.draw_without_rendering()
    shown: dict[str, list[float]] = {"inches": [*figure.get_size_inches()]}
    for artist in figure.findobj(lambda a: a.get_visible()):
        numbers = [1.0, artist.zorder, artist.get_alpha() or 0.0]
        if isinstance(artist, Line2D):
            numbers += [artist.get_linewidth(), *artist.get_xydata().ravel()]
        elif isinstance(artist, Patch):
            numbers += [artist.get_linewidth(), *artist.get_path().vertices.ravel()]
        elif isinstance(artist, Text):
            numbers += [artist.get_fontsize(), *artist.get_position(), len(artist.get_text())]
        elif isinstance(artist, Collection):
            numbers += [*np.ravel(artist.get_offsets()), *np.ravel(artist.get_facecolor())]
        shown.setdefault(type(artist).__name__, []).extend(map(float, numbers))
    return shown


def _sum(numbers):
    """How many there are and how many are finite; their sum, and two that order changes."""
    flat = np.asarray(numbers).ravel()
    flat = np.concatenate([flat.real, flat.imag]) if flat.dtype.kind == "c" else flat.astype(float)
    known = np.isfinite(flat)
    flat = np.where(known, flat, 0.0)
    turns = np.arange(len(flat))
    with np.errstate(over="ignore"):
        sums = [flat.sum(), np.abs(flat).sum(), flat @ np.cos(turns), flat @ np.sin(1.7 * turns)]
    return [float(len(flat)), float(known.sum()), *map(float, sums)]


def are_alike(a, b, slack):
    """Whether numbers of one place agree; sums to the size of what is summed."""
    a, b = np.array(a), np.array(b)
    if a.shape != b.shape:
        return False
    size = np.abs(a)
    size[-4:] = size[-4:].max() if len(a) > 1 else size[-4:]
    with np.errstate(invalid="ignore"):
        return bool(((np.abs(a - b) <= slack * size) | (a == b) | (a != a) & (b != b)).all())


def check_numbers(name: str, found: Numbers) -> None:
    """Fail where numbers that are kept of an entrance differ; or write them down for `main`."""
    if WRITES:
        Path(WRITES, f"{len(os.listdir(WRITES))}.json").write_text(json.dumps([name, found]))
        return
    kept = json.loads(FILE.read_text(encoding="utf-8")).get(name, {})
    for place in kept.keys() & found.keys():
        assert are_alike(kept[place], found[place], CLOSE), (
            f"{name}{place}: expected {kept[place]}, got {found[place]}. If that is right, "
            "`python tests/fuzz/kept_numbers.py` writes the numbers anew"
        )


def _ask(environment):
    """The numbers of all entrances in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout=0"]
        tests = [
            str(Path(__file__).with_name(f"test_{name}.py")) for name in ("answers", "kept_answers")
        ]
        surroundings = os.environ | environment | {"EDGEWISE_ANSWERS": place}
        subprocess.run([*command, *tests, "-k", "alone or kept"], env=surroundings, check=True)
        return dict(json.loads(path.read_text()) for path in Path(place).iterdir())


def _write(places):
    """A line for each place, so that a difference shows what has changed."""
    return "{\n" + ",\n".join(f'"{p}": {json.dumps(n)}' for p, n in places.items()) + "\n}"


def main() -> None:
    """Write the file anew."""
    slack = SAME
    if "--again" in sys.argv:
        slack = 10 * SAME  # they are rounded to seven digits
        first, others = json.loads(FILE.read_text(encoding="utf-8")), [_ask({})]
    else:
        first, *others = (_ask(environment) for environment in ENVIRONMENTS)
    kept = {
        name: {
            place: [float(f"{v:.7g}") for v in numbers]
            for place, numbers in sorted(found.items())
            if all(are_alike(numbers, o.get(name, {}).get(place, []), slack) for o in others)
        }
        for name, found in sorted(first.items())
    }
    lines = (f'"{name}": {_write(places)}' for name, places in kept.items())
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(sum(map(len, kept.values())), "of", sum(map(len, first.values())), "places are kept")


if __name__ == "__main__":
    main()
