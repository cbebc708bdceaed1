"""All surfaces on one sheet: ``python docs/images/surfaces.py`` draws surfaces.png in Chromium.

Every page is shown on a desk and on a phone, bright and dark, as its reader sees it first.
"""

import sys
import tempfile
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import home
import numpy as np
import pandas as pd
import torch
from PIL import Image, ImageDraw
from sklearn.datasets import load_diabetes

import edgewise as ew
from edgewise.discovery import Discovery
from edgewise.equations import Solution

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
import browser

SIZES = {"desk": (1280, 844), "phone": (390, 844)}
HEIGHT, GAP, HEAD = 330, 16, 24
"""Of a picture on the sheet, between pictures, and of the line above them."""


def fit_diabetes() -> tuple[ew.KANRegressor, pd.DataFrame, pd.Series]:
    table = load_diabetes(as_frame=True, scaled=False)
    y = table.target.rename("progression")
    return ew.KANRegressor(random_state=0).fit(table.data, y), table.data, y


def discover_nothing() -> Discovery:
    """Noise alone."""
    rng = np.random.default_rng(0)
    x, y = rng.uniform(size=(80, 3)), rng.normal(size=80)
    return ew.discover(x, y, budget=5, progress=False)


def solve_burgers() -> Solution:
    """Burgers' equation, whose front is steep."""

    def burgers(u: Any, x: Any, t: Any, nu: Any) -> Any:
        return u.dt + u * u.dx - nu * u.dxx

    start = ew.equations.initial(lambda x: -torch.sin(torch.pi * x))
    return ew.solve(
        burgers,
        {"x": (-1, 1), "t": (0, 1)},
        [start, ew.equations.dirichlet("x", 0.0)],
        constants={"nu": 0.02},
        tolerance=1e-4,
    )


def list_pages() -> dict[str, Callable[[Path], None]]:
    """What writes each page."""
    model, table, y = fit_diabetes()
    edited = model.edit("age", "flatten")
    network, x, target = home.train()
    before, after = model.explain_global(), edited.explain_global()
    return {
        "A law": home.discover_pendulum().save,
        "No formula": discover_nothing().save,
        "A table": model.explain_global(X=table, y=y).save,
        "Rows, and what if": model.explain_local(table).save,
        "An equation": solve_burgers().save,
        "Two models": before.compare(after, ["before", "age flattened"]).save,
        "The explorer": ew.explore(network, x, target, output_names=["yield"]).save,
        "The explorer of a table": ew.explore(model, table, y).save,
    }


def take(page: browser.Browser, path: Path, size: tuple[int, int], dark: bool) -> Image.Image:
    """The first screen of a page, at the height that the sheet has for it."""
    width, height = size
    page.open(path, width=width, height=height, dark=dark)
    page.run("new Promise(done => setTimeout(done, 1500))")
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    made = page.call("Page.captureScreenshot", format="png", clip=clip)
    picture = Image.open(BytesIO(b64decode(made["data"]))).convert("RGB")
    return picture.resize((round(width * HEIGHT / height), HEIGHT), Image.Resampling.LANCZOS)


def main() -> None:
    pages = list_pages()
    shots = [(size, dark) for dark in (False, True) for size in SIZES.values()]
    widths = [round(width * HEIGHT / height) for (width, height), _ in shots]
    step = HEIGHT + HEAD + GAP
    sheet = Image.new(
        "RGB", (sum(widths) + GAP * (len(shots) + 1), step * len(pages) + GAP), "#888"
    )
    words = ImageDraw.Draw(sheet)
    with tempfile.TemporaryDirectory() as folder, browser.Browser(browser.find_browser()) as page:
        page.call("Emulation.setScrollbarsHidden", hidden=True)
        for row, (name, save) in enumerate(pages.items()):
            path, top = Path(folder) / f"{row}.html", GAP + row * step
            save(path)
            words.text((GAP, top), name, fill="white", font_size=15)
            left = GAP
            for (shape, dark), width in zip(shots, widths, strict=True):
                sheet.paste(take(page, path, shape, dark), (left, top + HEAD))
                left += width + GAP
    sheet.quantize(192).save(Path(__file__).with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    main()
