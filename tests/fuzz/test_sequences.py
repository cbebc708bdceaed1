"""Random sequences of edits, fits, saves and readers in threads: each keeps what it promises."""

from __future__ import annotations

import copy
import tempfile
import threading
import warnings
from pathlib import Path

import torch
from fuzzing import TIMES
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import edgewise as ew
from edgewise.training import NonFiniteLossError

BASES = ["bspline", "gaussian", "rswaf", "chebyshev", "fourier", "hermite", "relukan", "wavelet"]
EDITS = {
    "prune": lambda m, x: ew.prune(m, x),
    "adapt": lambda m, x: ew.grids.adapt(m, x),
    "extend": lambda m, x: ew.grids.extend(m, x),
    "refine": lambda m, x: ew.grids.refine(m, 9, x),
    "fit_range": lambda m, x: ew.grids.fit_range(m, x),
    "convert": lambda m, x: ew.grids.convert(m, ew.Gaussian(6), x).model,
    "unmix": lambda m, x: ew.unmix(m, x),
    "freeze": lambda m, x: ew.surgery.freeze(m, (0, 0, 0)),
    "unfreeze": lambda m, x: ew.surgery.unfreeze(m),
    "expand_width": lambda m, x: ew.surgery.expand_width(m, 1, 1, seed=0),
    "auto_swap": lambda m, x: ew.surgery.auto_swap(m, x),
    "fix_edge": lambda m, x: ew.surgery.fix_edge(m, (0, 0, 0), "sin", numbers=(1, 0, 1, 0)),
    "free_edge": lambda m, x: ew.surgery.free_edge(m, (0, 0, 0), x),
}
EXACT = {"freeze", "unfreeze", "expand_width", "auto_swap"}


def state_of(model):
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


class Sequence(RuleBasedStateMachine):
    """One network and what was done to it."""

    @initialize(basis=st.sampled_from(BASES), seed=st.integers(0, 99), training=st.booleans())
    def begin(self, basis, seed, training):
        self.x = torch.randn(60, 2, generator=torch.Generator().manual_seed(seed)).double()
        self.y = self.x[:, :1].sin() * self.x[:, 1:]
        model = ew.KAN([2, 3, 1], basis=basis, seed=seed, dtype=torch.float64)
        self.model = ew.nn.settle(model, self.x).train(training)

    @rule(name=st.sampled_from(sorted(EDITS)))
    def edit(self, name):
        """A new model, or a refusal in our words; the old one stays what it was."""
        before, mode = state_of(self.model), self.model.training
        outputs = self.answer(self.model)
        new = None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                new = EDITS[name](self.model, self.x)
            except (ValueError, TypeError) as error:
                refusal = str(error)
        assert same(before, state_of(self.model)), name
        assert self.model.training == mode, name
        if new is None:
            assert "expected" in refusal or "can't" in refusal, (name, refusal)
            return
        assert new.training == mode, name
        if name in EXACT:
            scale = max(1.0, float(outputs.abs().max()))
            assert (self.answer(new) - outputs).abs().max() < 1e-9 * scale, name
        self.model = new

    @rule(optimizer=st.sampled_from(["adamw", "sgd", "lbfgs"]), every=st.sampled_from([None, 2]))
    def fit(self, optimizer, every):
        """It ends with finite outputs, or says so and puts the model back."""
        before, mode = copy.deepcopy(self.model), self.model.training
        options = {"optimizer": optimizer, "grid_update_every": every, "progress": False}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                ew.fit(self.model, self.x, self.y, steps=3, **options)
            except (ValueError, NonFiniteLossError):
                self.model = before
        assert self.model.training == mode

    @rule()
    def read_in_threads(self):
        """Four threads get what one gets."""
        wanted, found = ew.evaluate(self.model, self.x, self.y), []
        threads = [
            threading.Thread(target=lambda: found.append(ew.evaluate(self.model, self.x, self.y)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [wanted] * 4

    @rule()
    def save_and_load(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "m.safetensors"
            ew.save(self.model, path)
            again = ew.load(path).train(self.model.training)
        assert same(state_of(again), state_of(self.model))
        assert torch.equal(self.answer(again), self.answer(self.model))
        frozen = [getattr(layer, "frozen", None) is None for layer in self.model.layers]
        assert [getattr(layer, "frozen", None) is None for layer in again.layers] == frozen
        self.model = again

    @invariant()
    def numbers_are_finite(self):
        if hasattr(self, "model"):
            assert all(p.isfinite().all() for p in self.model.parameters())

    def answer(self, model):
        with torch.no_grad():
            return model(self.x)


TestSequences = Sequence.TestCase
TestSequences.settings = settings(
    max_examples=4 * TIMES,
    stateful_step_count=6,
    deadline=None,
    derandomize=TIMES == 1,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
