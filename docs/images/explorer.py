"""The picture of docs/explorer.md: ``python docs/images/explorer.py`` draws it in Chromium."""

import sys
import tempfile
from base64 import b64decode
from pathlib import Path

import torch

import edgewise as ew

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
import browser

HERE = Path(__file__).parent

SIZE = {"width": 1440, "height": 860}


def main() -> None:
    generator = torch.Generator().manual_seed(0)
    x = 4 * torch.rand(800, 4, generator=generator) - 2
    noise = 0.05 * torch.randn(800, generator=generator)
    y = torch.sin(3 * x[:, 0]) + x[:, 1] ** 2 + 0.5 * x[:, 2] * x[:, 1] + noise
    model = ew.KAN([4, 5, 1], basis=ew.BSpline(grid=6, lo=-2, hi=2), norm=None, seed=generator)
    ew.fit(model, (x, y[:, None]), steps=1500, lr=2e-2, progress=False)
    model.input_names = ["temperature", "pressure", "flow", "age"]
    with tempfile.TemporaryDirectory() as folder, browser.Browser(browser.find_browser()) as page:
        ew.explore(model, x, y, output_names=["yield"]).save(Path(folder) / "page.html")
        page.open(Path(folder) / "page.html", **SIZE)
        page.run("(s => s.choose([0, 0, 1]))(document.querySelector('main').explorer.session)")
        page.run("new Promise(done => setTimeout(done, 1500))")
        page.call("Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, mobile=False, **SIZE)
        clip = {"x": 0, "y": 0, "scale": 0.8, **SIZE}
        made = page.call("Page.captureScreenshot", format="png", clip=clip)

        (HERE / "explorer.png").write_bytes(b64decode(made["data"]))


if __name__ == "__main__":
    main()
