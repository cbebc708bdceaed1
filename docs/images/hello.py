"""The README's picture of a network and its formula: ``python docs/images/hello.py``."""

from pathlib import Path

import numpy as np
import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave

import edgewise as ew

DPI = 130


def main() -> None:
    """Train the README's network, and write it beside the formula that is read off it."""
    x = torch.rand(500, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 2 - 1
    y = torch.exp(torch.sin(torch.pi * x[:, :1]) + x[:, 1:] ** 2)
    model = ew.KAN(
        [2, 5, 1],
        basis=ew.Gaussian(8),
        dtype=torch.float64,
        generator=torch.Generator().manual_seed(0),
    )
    penalty = ew.Sparsity(0.01)
    ew.fit(model, (x, y), optimizer="lbfgs", steps=10, regularizer=penalty, progress=False)
    formula = ew.symbolic.regress(ew.prune(model, x), x, y)
    print(formula.formula())
    pictures = [draw(ew.plot(m, x)) for m in (model, formula)]
    imsave(Path(__file__).with_suffix(".png"), beside(pictures))


def draw(figure: Figure) -> np.ndarray:
    """The pixels of a figure, (height, width, 3)."""
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


def beside(pictures: list[np.ndarray]) -> np.ndarray:
    """Pictures in a row on white, each in the middle of its height."""
    height = max(len(picture) for picture in pictures)
    columns = []
    for picture in pictures:
        above = (height - len(picture)) // 2
        pads = ((above, height - len(picture) - above), (0, 0), (0, 0))
        columns.append(np.pad(picture, pads, constant_values=255))
    return np.concatenate(columns, 1)


if __name__ == "__main__":
    main()
