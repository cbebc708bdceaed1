"""`python -m benchmarks.accuracy.recipe`: how ImageKAN and `train --fast` were chosen.

Every row is one change against the network or the recipe, trained on five sixths of the training
images and judged by the others. The test images judge the one that was chosen, and no other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import click
from torch import nn
from torch.optim import Optimizer, lr_scheduler

import edgewise as ew
from benchmarks.accuracy.data import IMAGES, Split, load
from benchmarks.accuracy.models import CANDIDATES
from benchmarks.accuracy.protocol import score
from benchmarks.markdown import provenance, table
from benchmarks.networks import count, drawn_by
from benchmarks.options import names
from benchmarks.runs import Runs
from benchmarks.study import Choice, Job, Rows, Study, one_row
from edgewise import datasets
from edgewise.datasets import ShiftedImages

KEY = ("dataset", "variant", "seed")
INK = ew.Gaussian(1, 1.0, 2.0, 1.4)
BEHIND = ew.Gaussian(8)


@dataclass(frozen=True)
class Variant:
    """A network and how it is trained, by AdamW.

    Attributes:
        make: makes the network.
        epochs, batch, rate, decay: of the training.
        pixels: how far the images are moved; 0 leaves them where they are.
        smoothing: of the labels.
        fall: what the learning rate is multiplied with after each epoch; None for one cycle.
        final: whether all training images train it, and the test images judge it.
    """

    make: Callable[[], nn.Module]
    epochs: int = 4
    batch: int = 256
    rate: float = 6e-3
    decay: float = 0.05
    pixels: int = 0
    smoothing: float = 0.0
    fall: float | None = None
    final: bool = False


def _image(
    hidden: int,
    first: ew.Basis = INK,
    behind: ew.Basis = BEHIND,
    norm: str | None = "layer",
    base: str | None = "silu",
    pixel_base: str | None = None,
    init: str = "variance",
) -> nn.Module:
    """ImageKAN with other parts."""
    return ew.KAN.from_layers(
        [
            ew.KANLinear(784, hidden, basis=first, norm=None, base=pixel_base, init=init),
            ew.KANLinear(hidden, 10, basis=behind, norm=norm, base=base, init=init),
        ]
    )


def _mlp(hidden: int, **settings: Any) -> nn.Module:
    return CANDIDATES["mlp-relu"].build([784, hidden, 10], **settings)


def _mlp_of_the_thread() -> nn.Module:
    """Its logits go through a sigmoid: no class can get more than e / (e + 9) = 23 %."""
    return nn.Sequential(ew.MLP([784, 320, 10]), nn.Sigmoid())


_FROM_ZERO = {"shift": 1.0, "scale": 0.5}
_SMALL: Mapping[str, Variant] = {
    name: Variant(make)
    for name, make in {
        "ImageKAN": partial(ew.presets.ImageKAN, [784, 126, 10]),
        "MLP": partial(_mlp, 138),
        "MLP with pixels from 0 to 1": partial(_mlp, 138, **_FROM_ZERO),
        "FastKAN with 4 centres": partial(ew.FastKAN, [784, 28, 10], -3, 3, 4, denominator=1.4),
        "power-law initialisation": partial(_image, 126, init="power"),
        "no norm": partial(_image, 126, norm=None),
        "tanh instead of LayerNorm": partial(_image, 126, norm="tanh"),
        "no base": partial(_image, 127, base=None),
        "identity as base": partial(_image, 126, base="identity"),
        "SiLU of pixels as well": partial(_image, 67, pixel_base="silu"),
        "2 Gaussians a pixel": partial(_image, 66, ew.Gaussian(2, 0.0, 1.0, 0.6)),
        "2 Gaussians a pixel with one at the background": partial(
            _image, 66, ew.Gaussian(2, -1.0, 1.0, 1.4)
        ),
        "RSWAFs behind": partial(_image, 126, behind=ew.RSWAF(8, -2.0, 2.0, 1.0)),
        "cubic splines behind": partial(_image, 126, behind=ew.BSpline(5, 3, -2.0, 2.0)),
        "polynomials behind": partial(_image, 128, behind=ew.Chebyshev(4), norm="tanh"),
        "4 Gaussians behind": partial(_image, 133, behind=ew.Gaussian(4)),
    }.items()
}
_PLAIN = _SMALL["ImageKAN"]
_FAST = Variant(partial(ew.presets.ImageKAN, [784, 256, 10]), epochs=10, rate=8e-3, pixels=1)
_THREAD = Variant(
    partial(ew.FastKAN, [784, 64, 10], -3, 3, 4, denominator=1.7),
    epochs=15, batch=64, rate=1e-3, decay=1e-5, fall=0.85, final=True,
)  # fmt: skip
"""The public comparison of 2024."""
VARIANTS: Mapping[str, Variant] = {
    **_SMALL,
    "label smoothing .05": replace(_PLAIN, smoothing=0.05),
    "batch 128": replace(_PLAIN, batch=128),
    "weight decay .2": replace(_PLAIN, decay=0.2),
    "--fast": _FAST,
    "--fast in 7 epochs": replace(_FAST, epochs=7),
    "--fast in 12 epochs up to 6e-3": replace(_FAST, epochs=12, rate=6e-3),
    "--fast with an MLP of its size": replace(_FAST, make=partial(_mlp, 282, **_FROM_ZERO)),
    "--fast with that MLP in 14 epochs": replace(
        _FAST, make=partial(_mlp, 282, **_FROM_ZERO), epochs=14
    ),
    "--fast on test images": replace(_FAST, final=True),
    "the thread's FastKAN on test images": _THREAD,
    "the thread's MLP on test images": replace(_THREAD, make=_mlp_of_the_thread),
    "that MLP without its sigmoid": replace(_THREAD, make=partial(ew.MLP, [784, 320, 10])),
}
"""By name; those from "--fast" on take tens of seconds each and run on MNIST alone."""


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each seed, data set and variant."""
    for seed, dataset, name in product(range(choice.seeds), choice.datasets, choice.variants):
        alone = VARIANTS[name].final or name.startswith("--fast")
        if not alone or (dataset == "mnist" and not choice.quick):
            case = {"dataset": dataset, "variant": name, "seed": seed}
            yield one_row(measure, case, 3000 if choice.quick else None)


def measure(most_rows: int | None, dataset: str, variant: str, seed: int) -> dict[str, Any]:
    """Train on the rows to fit, judge by the rows to tune."""
    return train(VARIANTS[variant], load(dataset, most_rows), seed)


def train(variant: Variant, split: Split, seed: int) -> dict[str, Any]:
    """A variant's scores, and the seconds of the one thread's core."""
    rows, judge = split.fit, split.tune
    if variant.final:  # In the order in which `edgewise train` has them: then it does the same.
        data = datasets.load(split.name)
        rows, judge = data.train, data.test
    with drawn_by(seed):
        model = variant.make()
        x, y = rows
        batches = ShiftedImages(x, y, min(variant.batch, len(x)), variant.pixels)
        steps = variant.epochs * len(batches)
        began = time.process_time()
        ew.fit(
            model,
            batches,
            epochs=variant.epochs,
            lr=variant.rate,
            weight_decay=variant.decay,
            loss=nn.CrossEntropyLoss(label_smoothing=variant.smoothing),
            scheduler=partial(_schedule, variant, max(steps, 10)),
            progress=False,
        )
        seconds = time.process_time() - began
    return {
        "epochs": variant.epochs,
        "parameters": count(model),
        "seconds": round(seconds, 2),
        **score(model, rows, judge, split),
    }


def _schedule(variant: Variant, steps: int, optimizer: Optimizer) -> lr_scheduler.LRScheduler:
    if variant.fall is not None:
        return lr_scheduler.ExponentialLR(optimizer, variant.fall)
    return lr_scheduler.OneCycleLR(optimizer, variant.rate, steps, pct_start=0.2)


def describe(rows: Rows) -> str:
    """Markdown: a line a variant, with the means over its seeds."""
    lines = []
    for name in [v for v in VARIANTS if v in {row["variant"] for row in rows}]:
        some = [row for row in rows if row["variant"] == name]
        line = [name]
        for dataset in IMAGES:
            own = Runs([row for row in some if row["dataset"] == dataset])
            means = (
                [f"{own.mean('accuracy'):.2%}", f"{own.mean('seconds'):.1f}"] if own.rows else []
            )
            line += means or ["", ""]
        lines.append([*line, some[0]["epochs"], f"{int(some[0]['parameters']):,}"])
    head = ["variant", *(c for d in IMAGES for c in (d, "seconds")), "epochs", "parameters"]
    return f"{table(head, lines)}\n\n{provenance(rows)}"


STUDY = Study(
    "accuracy_recipe",
    key=KEY,
    columns=(*KEY, "epochs", "parameters", "accuracy", "nll", "ece", "seconds"),
    help="Changes of ImageKAN and of the recipe of `train --fast`, into accuracy_recipe.csv.",
    plan=plan,
    describe=describe,
    options=(
        names("--datasets", IMAGES),
        names("--variants", VARIANTS),
        click.option("--seeds", type=click.IntRange(1), default=1, show_default=True),
    ),
    quick={},
    said="accuracy",
    part="recipe",
)
main = STUDY.command

if __name__ == "__main__":
    main()
