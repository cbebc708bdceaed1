"""The Triton engine without a GPU: its kernels interpreted, and what is said of it."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import edgewise as ew
from edgewise.engines.call import Call
from edgewise.engines.select import explain
from edgewise.engines.triton import engine as module
from edgewise.engines.triton.engine import TritonEngine
from edgewise.engines.triton.verdicts import Verdict

INTERPRETED = Path(__file__).parent / "triton_interpreted.py"


def test_the_kernels_interpreted():
    """Triton looks at the variable when kernels are decorated: hence another process."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-n", "0"]
    done = subprocess.run(
        [*command, INTERPRETED],
        env=os.environ | {"TRITON_INTERPRET": "1", "OMP_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "passed" in done.stdout
    assert "skipped" not in done.stdout


def call_on(device):
    """A call whose tensors are on a device that may not be there: nobody looks into them."""
    layer = ew.KANLinear(3, 2, norm=None, device="meta")
    x = torch.empty(4, 3, device="meta")
    call = Call(x, None, layer.coef, None, layer.bias, list(layer.grid), layer.basis, None)
    return call if device == "meta" else call._replace(x=torch.empty(4, 3))


def test_it_computes_on_gpus_only():
    assert TritonEngine().obstacle(call_on("cpu")) == (
        "the Triton engine computes on GPUs, not on cpu"
    )
    layer = ew.KANLinear(3, 2, engine="triton")
    with pytest.raises(ValueError, match="computes on GPUs, not on cpu"):
        layer(torch.rand(4, 3))


def test_without_triton_or_a_gpu_it_says_so(monkeypatch):
    if not torch.cuda.is_available():
        assert TritonEngine().describe() == "the Triton engine found no GPU that torch can use"
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    assert TritonEngine().describe() == "Triton isn't installed: pip install edgewise[triton]"


def test_an_old_card_is_refused(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (7, 5))
    assert "compute capability 8.0, this one has 7.5" in module.unavailable()


class TestVerdict:
    """With a card that isn't there: its name, and a folder of its own for verdicts."""

    @pytest.fixture(autouse=True)
    def card(self, monkeypatch, tmp_path):
        monkeypatch.setattr(module.verdicts, "folder", lambda: tmp_path / "verdicts")
        monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: "Card of tests 80GB")
        monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
        monkeypatch.setattr(TritonEngine, "device", "meta")
        monkeypatch.setattr(module, "unavailable", lambda: None)
        module.verdicts.find.cache_clear()
        yield
        module.verdicts.find.cache_clear()

    def keep(self, *failures, **changes):
        setting = dataclasses.replace(module.verdicts.setting_of(0), **changes)
        return module.verdicts.keep(Verdict(setting, "2026-11-26", 9, failures))

    def test_nobody_has_checked(self):
        choice = explain(call_on("meta"))
        assert choice.engine == "reference"
        assert "haven't been checked on this Card of tests 80GB" in choice.reason
        assert "edgewise check --device cuda" in choice.reason
        assert explain(call_on("meta"), "triton").engine == "triton"  # who asks gets it
        assert "haven't been checked" in TritonEngine().describe()

    def test_a_good_verdict_lets_it_be_chosen(self):
        file = self.keep()
        assert file.suffix == ".json"
        assert explain(call_on("meta")).engine == "triton"
        assert "this card has passed the check" in TritonEngine().describe()

    def test_a_bad_verdict_says_what_failed(self):
        self.keep("Gaussian: y is off by 1e-2", "and more")
        choice = explain(call_on("meta"))
        assert choice.engine == "reference"
        assert "failed the check" in choice.reason
        assert "Gaussian: y is off by 1e-2" in choice.reason

    @pytest.mark.parametrize("part", ["card", "driver", "torch", "triton", "edgewise"])
    def test_a_verdict_holds_for_its_setting_only(self, part):
        self.keep(**{part: "another"})
        assert explain(call_on("meta")).engine == "reference"

    @pytest.mark.parametrize("content", ["", "{}", "[1]", '{"setting": {"card": 1}}'])
    def test_a_damaged_file_is_no_verdict(self, content):
        self.keep().write_text(content, encoding="utf-8")
        module.verdicts.find.cache_clear()
        assert explain(call_on("meta")).engine == "reference"
