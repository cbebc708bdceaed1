"""The explorer in sessions of JupyterLab and marimo, in a real browser.

`.ci/run` installs both in build/notebooks, whose Python also sees the packages of this one.
"""

import json
import os
import socket
import subprocess
import sysconfig
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = ROOT / "build" / "notebooks" / "bin"
PATIENCE = 200.0
pytestmark = pytest.mark.timeout(900)  # two servers start, a kernel and a browser
CODE = """import torch, edgewise as ew
x = torch.rand(60, 2)
ew.explore(ew.KAN([2, 3, 1], norm=None, seed=0), x, x.sum(1), output_names=["gain"])"""
WORDS = """(function read(root) {
  return [...root.querySelectorAll('*')].map(e =>
    e.classList.contains('edgewise') ? e.textContent : e.shadowRoot ? read(e.shadowRoot) : ''
  ).join('');
})(document)"""
"""What the explorer says, wherever in the page it is."""


@contextmanager
def serve(folder, name, *options):
    """A server of notebooks, and its address; a skipped test where it isn't installed."""
    program = PROGRAMS / name
    if not program.exists():
        pytest.skip(f"{name} isn't in build/notebooks: .ci/run installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    packages = os.pathsep.join([str(ROOT / "src"), sysconfig.get_path("purelib")])
    own = {"PYTHONPATH": packages, "HOME": str(folder), "JUPYTER_NO_CONFIG": "1"}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [program, *options, f"--port={port}"],
            cwd=folder, env={**os.environ, **own}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_for(what, log):
    """Its value as soon as it is true."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.5)
    raise TimeoutError(log.read_text()[-2000:])


def see(browser, folder, address, run="true"):
    """Open a notebook, run it, and answer what the explorer in it says.

    The browser, which other tests use too, leaves the page before its server ends.
    """
    log = folder / "log"
    try:
        wait_for(lambda: "errorText" not in browser.call("Page.navigate", url=address), log)
        wait_for(lambda: browser.run(run), log)
        return wait_for(lambda: "gain" in (said := browser.run(WORDS)) and said, log)
    finally:
        browser.leave()


def test_jupyterlab_shows_the_explorer(browser, tmp_path):
    cell = {"cell_type": "code", "id": "a", "source": CODE, "metadata": {}, "outputs": []}
    about = {"kernelspec": {"name": "python3", "display_name": "Python"}}
    notebook = {"cells": [{**cell, "execution_count": None}], "metadata": about}
    (tmp_path / "a.ipynb").write_text(json.dumps({**notebook, "nbformat": 4, "nbformat_minor": 5}))
    options = ["lab", "--no-browser", "--allow-root", "--IdentityProvider.token="]
    options.append("--LabApp.expose_app_in_browser=True")
    run = """(window.jupyterapp?.shell.currentWidget?.sessionContext?.isReady
      && window.jupyterapp.commands.execute('runmenu:run-all').then(() => true))"""
    with serve(tmp_path, "jupyter", *options) as address:
        said = see(browser, tmp_path, f"{address}/lab/tree/a.ipynb", run)
    assert "9 edges" in said


def test_marimo_shows_the_explorer(browser, tmp_path):
    body = "\n".join(f"    {line}" for line in CODE.splitlines())
    (tmp_path / "a.py").write_text(
        f"import marimo\n\napp = marimo.App()\n\n\n@app.cell\ndef _():\n{body}\n    return\n"
    )
    options = ["run", "a.py", "--headless", "--no-token", "--host=127.0.0.1"]
    with serve(tmp_path, "marimo", *options) as address:
        said = see(browser, tmp_path, address)
    assert "9 edges" in said
