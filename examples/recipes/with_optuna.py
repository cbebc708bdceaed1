"""Optuna: search for grid, width and learning rate together, and prune bad trials.

python examples/recipes/with_optuna.py
"""

import time
from typing import Any

import optuna
import torch
from task import BATCH, ROWS, find_error, show
from torch import nn

import edgewise as ew

NUMBERS = 300  # about how many parameters every network has
LEARN = slice(0, 1500)  # the other 500 rows are for validation
CHOOSE = slice(1500, 2000)


# begin-suggest
def make_kan(trial: optuna.Trial) -> nn.Module:
    """A KAN with one hidden layer; the finer the grid, the fewer nodes."""
    cells = trial.suggest_int("cells", 2, 8)
    degree = trial.suggest_int("degree", 2, 3)
    nodes = NUMBERS // (5 * (cells + degree + 1) + 1)
    basis = ew.BSpline(cells, degree, lo=-2, hi=2, linear_tails=True)
    return ew.KAN([4, nodes, 1], basis=basis, seed=0)


def make_mlp(trial: optuna.Trial) -> nn.Module:
    """An MLP with one to three hidden layers; the deeper, the narrower."""
    depth = trial.suggest_int("depth", 1, 3)
    activation = trial.suggest_categorical("activation", ["silu", "tanh"])
    torch.manual_seed(0)
    return ew.MLP.matching(NUMBERS, 4, 1, depth=depth, activation=activation)


# end-suggest


# begin-objective
def train(trial: optuna.Trial, model: nn.Module, steps: int) -> None:
    """Train by `fit`; a callback reports the loss and prunes the trial if optuna says so."""

    def report(model: nn.Module, history: ew.training.History) -> None:
        if history.val_loss and len(history.val_loss) % 20 == 0:
            trial.report(history.val_loss[-1], step=len(history.val_loss))
            if trial.should_prune():
                raise optuna.TrialPruned

    x, y = ROWS
    ew.fit(
        model,
        x[LEARN],
        y[LEARN],
        val=(x[CHOOSE], y[CHOOSE]),
        lr=trial.suggest_float("lr", 1e-3, 1e-1, log=True),
        steps=steps,
        batch_size=BATCH,
        callbacks=report,
        seed=0,
        progress=False,
    )


def search(make: Any, trials: int, steps: int) -> tuple[optuna.Study, nn.Module]:
    """Run a study; return it and its best network."""
    best: list[nn.Module] = []

    def objective(trial: optuna.Trial) -> float:
        model = make(trial)
        train(trial, model, steps)
        x, y = ROWS
        with torch.no_grad():
            loss = float((model.eval()(x[CHOOSE]) - y[CHOOSE]).square().mean())
        done = study.get_trials(states=[optuna.trial.TrialState.COMPLETE])
        if all(loss < other.value for other in done):
            best[:] = [model]
        return loss

    study = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=0),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=20),
    )
    study.optimize(objective, n_trials=trials)
    return study, best[0]


# end-objective


def main(trials: int = 12, steps: int = 600) -> dict[str, Any]:
    """Run the same search for the KAN and for the MLP."""
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    found = {}
    for name, make in (("KAN", make_kan), ("MLP", make_mlp)):
        start = time.process_time()
        study, model = search(make, trials, steps)
        found[name] = {"error": find_error(model), "seconds": time.process_time() - start}
        found[name] |= {"study": study, "numbers": sum(p.numel() for p in model.parameters())}
    show("Optuna", found)
    return found


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
