"""axe and Lighthouse find nothing on any page that we write; axe on a phone and a desk, too."""

import functools
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pages
import pandas as pd
import pytest
import torch

import edgewise as ew
from browser import find_browser
from every_pair import every_pair

sys.path.insert(0, str(Path(__file__).parents[1] / "discovery"))
import made_up_discoveries

ROOT = Path(__file__).parents[2]
LIGHTHOUSE = ROOT / "build/lighthouse/node_modules/lighthouse/cli/index.js"
FLAGS = "--headless --no-sandbox --disable-dev-shm-usage"
TABLE = pd.DataFrame(
    {
        "age": np.linspace(20, 80, 120),
        "site": ["north", "south", "east"] * 40,
        "dose": [1.0, 2] * 60,
    }
)
STATE = np.where(TABLE["age"] + 20 * (TABLE["site"] == "south") > 55, "ill", "well")

PAGES = ["discovery", "estimator", "rows", "network", "edited table", "equation"]


def solve_decay():
    """A solution with a map."""
    start = ew.equations.initial(1.0)
    domain, rates = {"t": (0, 1)}, {"k": (1.0, 2.0)}
    return ew.solve(lambda u, t, k: u.dt + k * u, domain, [start], constants=rates)


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """The script of axe-core, of the version in `frontend/package-lock.json`."""
    built = ROOT / "frontend/node_modules/axe-core/axe.min.js"
    if built.exists():
        return built.read_text(encoding="utf-8")
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())
    version = lock["packages"]["node_modules/axe-core"]["version"]
    if shutil.which("npm") is None:
        pytest.skip("there is no npm to fetch axe-core with")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "pack", "--silent", f"axe-core@{version}"]
    fetched = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if fetched.returncode:
        pytest.skip(f"npm can't fetch axe-core: {fetched.stderr[-200:]}")
    with tarfile.open(folder / fetched.stdout.split()[-1]) as packed:
        return packed.extractfile("package/axe.min.js").read().decode()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every kind of page, by its name."""
    folder = tmp_path_factory.mktemp("pages")
    estimator = ew.KANClassifier(cv=2, random_state=0).fit(TABLE, STATE)
    network = ew.KAN([2, 3, 1], norm=None, seed=0)
    x = torch.rand(60, 2, generator=torch.Generator().manual_seed(0))
    kinds = {
        "discovery": made_up_discoveries.made_up(),
        "estimator": estimator.explain_global(),
        "rows": estimator.explain_local(TABLE[:6]),
        "network": ew.explore(network, x, x.sum(1)),
        "edited table": ew.explore(estimator, TABLE, STATE),
        "equation": solve_decay(),
    }
    for name, page in kinds.items():
        page.save(folder / f"{name}.html")
    return folder


@pytest.mark.network
@every_pair(name=PAGES, width=[390, 1280], dark=[False, True])
def test_axe_finds_nothing(name, width, dark, browser, axe, written):
    browser.open(written / f"{name}.html", width=width, dark=dark)
    pages.settle(browser)
    browser.run("document.querySelectorAll('details').forEach(d => (d.open = true))")
    browser.run(f"{axe}; 0")
    found = browser.run(
        "axe.run().then(r => JSON.stringify(r.violations.map(v =>"
        " [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))])))"
    )
    assert json.loads(found) == []
    assert browser.messages == []
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    assert browser.run("[document.compatMode, document.characterSet]") == ["CSS1Compat", "UTF-8"]


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(written):
    """Where the pages are served: Lighthouse opens no files."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=written)) as up:
        threading.Thread(target=up.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{up.server_port}"
        up.shutdown()


@pytest.mark.network
def test_lighthouse_gives_at_least_95(address, tmp_path):
    """A page to read and to work with: its rules of accessibility are axe's, of every page."""
    if not LIGHTHOUSE.exists() or find_browser() is None:
        pytest.skip("Lighthouse or Chromium isn't installed: .ci/run installs both")
    options = ["--only-categories=accessibility,best-practices", "--output=json", "--quiet"]
    command = [
        "node",
        LIGHTHOUSE,
        f"{address}/edited%20table.html",
        *options,
        f"--chrome-flags={FLAGS}",
    ]
    done = subprocess.run(
        [*command, f"--output-path={tmp_path / 'found.json'}"],
        env={**os.environ, "CHROME_PATH": find_browser()},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    scores = {name: each["score"] for name, each in found["categories"].items()}
    low = [
        a["title"] for a in found["audits"].values() if a["score"] is not None and a["score"] < 1
    ]
    assert min(scores["accessibility"], scores["best-practices"]) >= 0.95, (scores, low)
