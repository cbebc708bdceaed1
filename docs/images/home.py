"""Pictures of the site's first page: ``python docs/images/home.py`` takes them of real pages.

Every page is shown in Chromium, bright and dark. The preview that links show is the card of
README's discovery.
"""

import sys
import tempfile
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from sklearn.datasets import load_diabetes

import edgewise as ew

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
import browser

HERE = Path(__file__).parent

SIZE = {"width": 1000, "height": 620}


def discover_pendulum() -> ew.discovery.Discovery:
    """README's example."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0.5, 2.0, (300, 2))
    period = 2 * np.pi * np.sqrt(x[:, 0] / x[:, 1])
    y = period + 0.01 * period.std() * rng.standard_normal(300)
    return ew.discover(x, y, input_names=["l", "g"], output_name="T", progress=False)


def save_table(path: Path) -> None:
    table = load_diabetes(as_frame=True, scaled=False)
    model = ew.KANRegressor(random_state=0).fit(table.data, table.target)
    model.explain_global().save(path)


def train() -> tuple[ew.KAN, torch.Tensor, torch.Tensor]:
    """A network that learned a formula of four columns."""
    generator = torch.Generator().manual_seed(0)
    x = 4 * torch.rand(800, 4, generator=generator) - 2
    y = torch.sin(3 * x[:, 0]) + x[:, 1] ** 2 + 0.5 * x[:, 2] * x[:, 1]
    model = ew.KAN([4, 3, 1], basis=ew.BSpline(grid=6, lo=-2, hi=2), norm=None, seed=generator)
    ew.fit(model, (x, y[:, None]), steps=1500, lr=2e-2, progress=False)
    model.input_names = ["temperature", "pressure", "flow", "age"]
    return model, x, y


def save_network(path: Path) -> None:
    model, x, _ = train()
    figure = ew.plot(model, x, output_names=["yield"])
    picture = path.with_suffix(".png")
    figure.savefig(picture, dpi=160)
    path.write_text(
        "<style>html { color-scheme: light dark } body { margin: 24px; text-align: center }"
        "img { max-width: 100%; max-height: 570px }"
        "@media (prefers-color-scheme: dark) { body { background: #191a1c }"
        "img { filter: invert(.9) hue-rotate(180deg) } }</style>"
        f'<img src="{picture.name}">'
    )


def save_explorer(path: Path) -> None:
    model, x, y = train()
    ew.explore(model, x, y, output_names=["yield"]).save(path)


PAGES: dict[str, Callable[[Path], None]] = {
    "formula": lambda path: discover_pendulum().save(path),
    "table": save_table,
    "network": save_network,
    "explorer": save_explorer,
}


def main() -> None:
    discover_pendulum().card(HERE.parent / "_static" / "preview.png")
    with tempfile.TemporaryDirectory() as folder, browser.Browser(browser.find_browser()) as page:
        for name, save in PAGES.items():
            save(Path(folder) / f"{name}.html")
            for dark in (False, True):
                page.call("Emulation.setScrollbarsHidden", hidden=True)
                page.open(Path(folder) / f"{name}.html", dark=dark, **SIZE)
                page.run(
                    "document.querySelector('.cards')?.previousElementSibling.scrollIntoView()"
                )
                page.run("new Promise(done => setTimeout(done, 1500))")
                top = page.run("scrollY")
                clip = {"x": 0, "y": top, "scale": 0.8, **SIZE}
                made = page.call("Page.captureScreenshot", format="png", clip=clip)
                ending = "-dark" if dark else ""
                (HERE / f"home-{name}{ending}.png").write_bytes(b64decode(made["data"]))


if __name__ == "__main__":
    main()
