"""What is kept of earlier tasks: `python -m benchmarks.continual --help`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

import click

from benchmarks.continual.measure import run
from benchmarks.continual.networks import LOCAL, MODELS, PEAK_BASES, Case
from benchmarks.continual.report import STREAMS, charts, describe, findings
from benchmarks.options import names
from benchmarks.study import Choice, Job, Study, one_row

KEY = ("stream", "model", "method", "strength", "optimizer", "norm", "extras", "seed", "rows",
       "epochs")  # fmt: skip
STRENGTHS = {
    "mlp": (1e2, 1e3, 1e4, 1e5, 1e6),
    "bspline": (1e2, 1e4, 1e6),
    "gaussian": (1e2, 1e4, 1e6),
}
"""Of the anchors; the MLP, which is what a cure has to beat, has more of them to choose from."""
FEW = ("mlp", "bspline", "imagekan")
"""The networks of a quick run."""
FIRST_SEED = 1000
"""The seeds before were looked at while this was written."""


def list_cases(streams: Sequence[str], seeds: int) -> Iterator[Case]:
    """All cases, the first seed of every stream before the second of any."""
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        for stream in streams:
            if stream == "peaks" and seed > FIRST_SEED:
                continue  # local bases start at 0, so nothing but the data counts
            cases = _peaks() if stream == "peaks" else _images(stream)
            yield from (replace(case, seed=seed) for case in cases)


def _peaks() -> Iterator[Case]:
    for model in ("mlp", *PEAK_BASES):
        bare = model in LOCAL
        methods = ["plain", "anchored", "moments", *(["frozen"] if bare else [])]
        for method in methods:
            strength = 1e4 if method == "anchored" else 0.0
            yield Case("peaks", model, method, strength)
            if bare and method in ("plain", "frozen"):
                for optimizer in ("adam", "one adam", "sgd"):
                    yield Case("peaks", model, method, 0.0, optimizer, "none", extras=False)
                yield Case("peaks", model, method, 0.0, "adam", "affine", extras=False)


def _images(stream: str) -> Iterator[Case]:
    for model in MODELS:
        for method in ("plain", "moments", *(["frozen"] if model in LOCAL else [])):
            yield Case(stream, model, method)
        for strength in STRENGTHS.get(model, ()):
            yield Case(stream, model, "anchored", strength)
    if stream == "split-domain":
        plain = Case(stream, "gaussian", "plain")
        yield replace(plain, norm="layer")
        yield replace(plain, extras=False)
        yield replace(plain, optimizer="sgd")
        yield replace(plain, optimizer="one adam")


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each case."""
    for case in list_cases(choice.streams, choice.seeds):
        if case.model in choice.models:
            rows, epochs = (100, 0) if case.stream == "peaks" else (choice.rows, choice.epochs)
            yield one_row(measure, asdict(case) | {"rows": rows, "epochs": epochs})


def measure(rows: int, epochs: int, **case: Any) -> dict[str, Any]:
    """What a case keeps."""
    return run(Case(**case), rows, epochs)


STUDY = Study(
    "continual",
    key=KEY,
    columns=(
        *(*KEY, "measure", "parameters", "learned", "average", "forgotten", "first", "seen"),
        *("last", "overlap", "untouched_moved", "seconds"),
    ),
    help="""Tasks one after another: what is kept, into continual.csv.

    Three seeds of 500 images a task take about ten minutes of one core, all images (--rows 0)
    about three hours; --quick, one seed of 200 images for three networks, two minutes.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--streams", STREAMS),
        names("--models", MODELS),
        click.option("--seeds", type=click.IntRange(1), default=3, show_default=True),
        click.option(
            "--rows",
            type=click.IntRange(0),
            default=500,
            show_default=True,
            help="Training images of each task; 0 for all, about 12,000.",
        ),
        click.option("--epochs", type=click.IntRange(1), default=5, show_default=True),
    ),
    quick={"seeds": 1, "rows": 200, "epochs": 2, "models": FEW, "streams": list(STREAMS)[:3]},
    said="average",
    title="Do they forget less?",
    about="Tasks are learned one after another, without any of the earlier rows: five peaks of a "
    "curve, the digits of MNIST in pairs, and MNIST with its pixels in a new order each time.",
    listed=("stream", "model", "method", "strength", "optimizer", "norm", "seed", "parameters",
            "learned", "average", "forgotten", "seconds"),
)  # fmt: skip
main = STUDY.command
