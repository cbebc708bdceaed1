"""What an installed wheel must do by itself; `make wheel` runs it where there is nothing else."""

import sys
import tempfile
from pathlib import Path

import torch

import edgewise as ew


def main() -> None:
    """Everything in turn; an AssertionError says what failed."""
    assert "site-packages" in ew.__file__, f"expected the installed package, got {ew.__file__}"
    # Later torch's own optimisers load sympy.
    heavy = {"sympy", "sklearn", "matplotlib", "triton", "pandas"} & set(sys.modules)
    assert not heavy, f"expected none of {heavy}"
    model = ew.KAN([2, 5, 1], seed=torch.Generator().manual_seed(0))
    x = torch.rand(200, 2, generator=torch.Generator().manual_seed(1)) * 2 - 1
    y = torch.sin(3 * x[:, :1]) + x[:, 1:] ** 2
    engines = str(ew.nn.explain_engines(model, x))
    assert "native" in engines, f"expected the compiled engine, got {engines}"
    history = ew.fit(model, x, y, optimizer="lbfgs", steps=20, progress=False)
    assert history.loss[-1] < 1e-2, history.loss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.safetensors"
        ew.save(model, path)
        assert torch.equal(ew.load(path)(x), model(x))
    print(
        f"1 passed, 0 failed: edgewise {ew.__version__} from its wheel, torch {torch.__version__}"
    )


if __name__ == "__main__":
    main()
