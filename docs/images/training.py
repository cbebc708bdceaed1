"""The README's moving picture, a network that learns: ``python docs/images/training.py``."""

from io import BytesIO
from pathlib import Path

import torch
from PIL import Image

import edgewise as ew

FRAMES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20)
SIZE = (760, 560)


def main() -> None:
    """Train the first tutorial's network, and draw it after so many steps."""
    x = torch.rand(1000, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 2 - 1
    y = torch.exp(torch.sin(torch.pi * x[:, :1]) + x[:, 1:] ** 2)
    pictures = []
    for steps in FRAMES:
        generator = torch.Generator().manual_seed(0)
        model = ew.KAN([2, 5, 1], dtype=torch.float64, seed=generator)
        if steps:
            ew.fit(
                *(model, x, y),
                optimizer="lbfgs",
                steps=steps,
                regularizer=ew.training.Sparsity(0.01),
                progress=False,
            )
        pictures.append(draw(model, x, f"after {steps} steps of L-BFGS"))
    small = ew.prune(model, x)
    pictures += [draw(small, x, "pruned")]
    formula = ew.symbolic.regress(small, x, y)
    pictures += [draw(formula, x, str(formula.formula()))]
    path = Path(__file__).parent / "training.gif"
    times = [350] * len(FRAMES) + [1600, 3500]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=times, loop=0)
    print(path, f"{path.stat().st_size / 1e3:.0f} kB")


def draw(model: torch.nn.Module, x: torch.Tensor, title: str) -> Image.Image:
    """A frame: the network in the middle of white paper."""
    content = BytesIO()
    ew.plot(model, x, title=title).savefig(content, format="png", dpi=110)
    picture = Image.open(content).convert("RGB")
    picture.thumbnail(SIZE)
    frame = Image.new("RGB", SIZE, "white")
    frame.paste(picture, tuple((a - b) // 2 for a, b in zip(SIZE, picture.size, strict=True)))
    return frame.convert("P", palette=Image.Palette.ADAPTIVE, colors=64)


if __name__ == "__main__":
    main()
