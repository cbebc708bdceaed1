"""Reading networks of real tables: which inputs matter, what can go, and a formula.

Two networks are read. One is trained here, on scikit-learn's diabetes table (442 patients, ten
measurements, the progress of the disease a year later). The other comes from elsewhere:
fastkan_wine.pt was trained by fast-kan's own program (commit 17b6540) on scikit-learn's wine table
(178 wines of three growers, 13 measurements), and its LayerNorms mix the inputs.

    python examples/reading.py        # prints what it finds, writes diabetes.png and wine.png
"""

from pathlib import Path

import torch

import edgewise as ew
from edgewise.datasets import table

CHECKPOINT = Path(__file__).parent / "fastkan_wine.pt"


def r2(prediction: torch.Tensor, y: torch.Tensor) -> float:
    """Share of the variance of y that a prediction explains."""
    return 1 - float(((prediction - y).square().mean() / y.var(correction=0)).detach())


def accuracy(model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """Share of the rows whose class a model tells."""
    return float((model(x).argmax(1) == y).double().mean())


def diabetes(folder: Path) -> dict[str, float]:
    """A sparse network for the table, and a formula; R² on the test rows of each step."""
    data = table("diabetes")
    x, y, x_test, y_test = (t.double() for t in (*data.train, *data.test))
    mean, std = y.mean(), y.std()
    y, y_test = (y - mean) / std, (y_test - mean) / std
    generator = torch.Generator().manual_seed(0)
    model = ew.KAN([10, 1], basis=ew.Gaussian(5), dtype=torch.float64, seed=generator)
    model.input_names = list(data.input_names)
    sparsity = ew.training.Sparsity(0.01, smoothness=1.0)
    ew.fit(model, (x, y), steps=300, lr=0.01, regularizer=sparsity, progress=False)
    print(ew.attribute(model, x))
    small = ew.prune_to(model, x, y, loss_budget=0.03)
    print(small.report)
    ew.plot(small, x, output_names=["progress"]).savefig(folder / "diabetes.png", dpi=150)
    formula = ew.symbolic.regress(small, x, y)
    print(f"progress = {formula.formula()}")
    ones = torch.ones(len(x), 1).double(), torch.ones(len(x_test), 1).double()
    line = torch.linalg.lstsq(torch.cat([x, ones[0]], 1), y).solution
    return {
        "network": r2(model(x_test), y_test),
        "pruned": r2(small(x_test), y_test),
        "formula": r2(formula(x_test), y_test),
        "least squares": r2(torch.cat([x_test, ones[1]], 1) @ line, y_test),
    }


def wine(folder: Path, budget: float = 10) -> dict[str, float]:
    """Formulas of the imported network; accuracy on the test rows of each step.

    The search for formulas takes ``budget`` seconds.
    """
    data = table("wine")
    x, y, x_test, y_test = (*data.train, *data.test)
    model = ew.load_foreign(CHECKPOINT, base="silu")
    model.input_names = list(data.input_names)
    print(ew.attribute(model, x))
    ew.plot(model, x, output_names=["0", "1", "2"]).savefig(folder / "wine.png", dpi=150)
    # Its LayerNorms mix the inputs: formulas need edges that are functions of one input.
    plain = ew.surgery.unmix(model, x, tolerance=0.05)
    small = ew.prune_to(plain, x, y, loss_budget=0.5)
    print(small.report)
    formula = ew.symbolic.regress(small, x, budget=budget)
    for name, expression in zip(data.class_names, formula.formula(), strict=True):
        print(f"{name} = {expression}")
    models = {"network": model, "unmixed": plain, "pruned": small, "formulas": formula}
    return {name: accuracy(m, x_test.to(dtype_of(m)), y_test) for name, m in models.items()}


def dtype_of(model: torch.nn.Module) -> torch.dtype:
    """Of its numbers: formulas are float64."""
    return next(model.parameters()).dtype


def main(folder: Path = Path()) -> None:
    """Both tables."""
    for name, step in (("diabetes, R²", diabetes), ("wine, accuracy", wine)):
        found = step(folder)
        print(f"{name}: " + ", ".join(f"{k} {v:.3f}" for k, v in found.items()), end="\n\n")


if __name__ == "__main__":
    main()
