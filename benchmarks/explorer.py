"""How many frames a second the explorer draws while a point of a curve is dragged.

``python -m benchmarks.explorer`` opens pages of networks in headless Chromium without a graphics
card, drags a point of an edge of the first layer for some seconds and zooms, and prints how long
frames take and how much of that the page computes: frames a second are what the screen allows as
long as the work of a frame, drawing included, is below 16.7 ms.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import torch

import edgewise as ew
from benchmarks.machine import describe_run

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import browser

WIDTHS = ([4, 5, 1], [10, 20, 5], [30, 50, 10])

DRAG = """new Promise(done => {
  const handle = document.querySelectorAll('.handle')[5];
  const box = handle.getBoundingClientRect();
  const [x, y] = [box.x + 6, box.y + 6];
  const send = (kind, dy) => (kind === 'pointerdown' ? handle : window).dispatchEvent(
    new PointerEvent(kind, {clientX: x, clientY: y + dy, pointerId: 1, bubbles: true}));
  const gaps = [];
  let last = 0, n = 0;
  const frame = () => {
    const now = performance.now();
    if (last) gaps.push(now - last);
    last = now;
    if (n++ > FRAMES) { send('pointerup', 0); return done(JSON.stringify({gaps})); }
    send('pointermove', 40 * Math.sin(n / 9));
    requestAnimationFrame(frame);
  };
  send('pointerdown', 0);
  requestAnimationFrame(frame);
})"""

ZOOM = """new Promise(done => {
  const gaps = [], graph = document.getElementById('edgewise-explorer').explorer.graph;
  let last = 0, n = 0;
  const frame = () => {
    const now = performance.now();
    if (last) gaps.push(now - last);
    last = now;
    if (n++ > FRAMES) { graph.fit(); return done(JSON.stringify({gaps})); }
    graph.zoom(n % 120 < 60 ? 1.03 : 1 / 1.03);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""


def make_page(widths: list[int], path: Path) -> None:
    """The explorer of an untrained network on a thousand rows."""
    generator = torch.Generator().manual_seed(1000)
    model = ew.KAN(widths, basis="gaussian", norm=None, seed=generator)
    x = torch.randn(1000, widths[0], generator=generator)
    y = model(x).detach() + 0.1 * torch.randn(1000, widths[-1], generator=generator)
    ew.explore(model, x, y).save(path)


def busy(page: browser.Browser) -> float:
    """Seconds of a core that the page has had so far, whatever else the machine does."""
    metrics = page.call("Performance.getMetrics")["metrics"]
    return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def measure(page: browser.Browser, script: str, frames: int) -> str:
    """Frames a second, the time of the slowest in a hundred, and the work of a frame."""
    before = busy(page)
    found = json.loads(page.run(script.replace("FRAMES", str(frames))))
    spent = 1000 * (busy(page) - before) / frames
    gaps = torch.tensor(found["gaps"])
    return (
        f"{1000 / gaps.mean():5.1f} frames a second, 99 % within {gaps.quantile(0.99):5.1f} ms; "
        f"{spent:5.1f} ms of a core for each"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--frames", type=int, default=300)
    frames = parser.parse_args().frames
    print(", ".join(describe_run().values()))
    program = browser.find_browser()
    if program is None:
        sys.exit("no Chromium is installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, browser.Browser(program) as page:
        page.call("Performance.enable", timeDomain="threadTicks")
        for widths in WIDTHS:
            path = Path(folder) / "page.html"
            make_page(widths, path)
            page.open(path, width=1440, height=1000)
            page.run("new Promise(done => setTimeout(done, 2500))")
            print(f"{widths!s:14} dragging a point: {measure(page, DRAG, frames)}")
            print(f"{widths!s:14} zooming:          {measure(page, ZOOM, frames)}")


if __name__ == "__main__":
    main()
