"""The pictures of docs/explorer.md: ``python docs/images/explorer.py`` draws them in Chromium."""

import sys
import tempfile
from base64 import b64decode
from pathlib import Path

import torch
from sklearn.datasets import load_diabetes

import edgewise as ew

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
import browser

HERE = Path(__file__).parent

SIZE = {"width": 1440, "height": 860}


def draw_network(page: browser.Browser, path: Path) -> None:
    """A network that learned a formula of four columns."""
    generator = torch.Generator().manual_seed(0)
    x = 4 * torch.rand(800, 4, generator=generator) - 2
    noise = 0.05 * torch.randn(800, generator=generator)
    y = torch.sin(3 * x[:, 0]) + x[:, 1] ** 2 + 0.5 * x[:, 2] * x[:, 1] + noise
    model = ew.KAN([4, 5, 1], basis=ew.BSpline(grid=6, lo=-2, hi=2), norm=None, seed=generator)
    ew.fit(model, (x, y[:, None]), steps=1500, lr=2e-2, progress=False)
    model.input_names = ["temperature", "pressure", "flow", "age"]
    ew.explore(model, x, y, output_names=["yield"]).save(path)
    page.open(path, **SIZE)
    strongest = "s.ranked().reverse().find(edge => edge[0] === 0)"
    page.run(f"(s => s.choose({strongest}))(document.querySelector('main').explorer.session)")


def draw_table(page: browser.Browser, path: Path) -> None:
    """An estimator, one of whose curves was made to rise."""
    table = load_diabetes(as_frame=True, scaled=False)
    model = ew.KANRegressor(random_state=0).fit(table.data, table.target.rename("progression"))
    ew.explore(model, table.data, table.target).save(path)
    page.open(path, **SIZE)
    page.run(
        "(s => s.choose(0, s.effects[0].findIndex(e => e.payload.names[0] === 'bp')))"
        "(document.querySelector('main').explorer.session)"
    )
    for text in ("Make increasing", "Flatten this range"):
        page.run("(document.querySelector('[aria-label=To]') ?? {}).value = 85")
        button = f"[...document.querySelectorAll('button')].find(b => b.textContent === '{text}')"
        page.run(f"{button}.click()")


PICTURES = {"explorer": draw_network, "explorer-table": draw_table}


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, browser.Browser(browser.find_browser()) as page:
        page.call("Emulation.setScrollbarsHidden", hidden=True)
        for name in names:
            PICTURES[name](page, Path(folder) / f"{name}.html")
            page.run("new Promise(done => setTimeout(done, 1500))")
            clip = {"x": 0, "y": 0, "scale": 0.8, **SIZE}
            made = page.call("Page.captureScreenshot", format="png", clip=clip)
            (HERE / f"{name}.png").write_bytes(b64decode(made["data"]))


if __name__ == "__main__":
    main(sys.argv[1:] or list(PICTURES))
