"""Checkpoints of pykan 0.2.8 and what it answers, in float64: run beside a pykan that is installed.

MPLBACKEND=Agg python tests/data/pykan/make.py tests/data/pykan
"""

import sys
from pathlib import Path

import numpy as np
import torch

try:
    from kan import KAN
except ImportError:  # pytest looks for examples here, too
    KAN = None


def shake(model, products=True):
    """Random scales and biases of nodes and subnodes."""
    for k, (_, count) in enumerate(model.width[1:]):
        for name in ("node_scale", "node_bias", "subnode_scale", "subnode_bias"):
            values = getattr(model, name)[k].data
            values += 0.3 * torch.randn_like(values)
            if name == "node_bias" and not products and count:
                values[-count:] = 0


def splines():
    model = KAN([3, [2, 2], [1, 1], 2], grid=4, k=3, seed=1, auto_save=False)
    shake(model, products=False)
    model.act_fun[0].mask.data[1, 2] = 0
    model.update_grid(2 * torch.rand(100, 3) - 1)
    return model, 2 * torch.rand(20, 3) - 1


def constants():
    model = KAN([2, [1, 2], 1], grid=3, k=2, base_fun="identity", seed=2, auto_save=False)
    shake(model)
    return model, 2 * torch.rand(20, 2) - 1


def functions():
    arities = [[], [2, 3], [], []]
    model = KAN([3, [1, 2], 2, 1], grid=3, k=3, mult_arity=arities, seed=3, auto_save=False)
    shake(model)
    affine = {"a": torch.tensor([1.5, 0.2, -0.7, 0.3])}
    for k, i, j, name in (
        (0, 0, 0, "sin"), (0, 1, 2, "x^2"), (0, 2, 5, "exp"), (0, 1, 4, "tanh"),
        (1, 0, 1, "gaussian"), (1, 2, 0, "x"), (2, 0, 0, "cos"), (0, 0, 3, "0"),
    ):  # fmt: skip
        model.fix_symbolic(k, i, j, name, fit_params_bool=False, verbose=False)
        model.symbolic_fun[k].affine.data[j, i] = affine["a"] * (1 + 0.1 * i - 0.2 * j)
    model.set_mode(0, 2, 1, "sn", mask_n=0.5)
    model.symbolic_fun[0].fix_symbolic(2, 1, "arctan", verbose=False)
    return model, 2 * torch.rand(20, 3) - 1


def names():
    every = [
        "1/x", "1/x^2", "1/x^3", "1/x^4", "1/x^5", "sqrt", "x^0.5", "x^1.5", "1/sqrt(x)",
        "1/x^0.5", "log", "abs", "tan", "sgn", "arcsin", "arccos", "arctanh", "x^3", "x^4", "x^5",
    ]  # fmt: skip
    model = KAN([len(every), 1], grid=3, k=3, seed=4, auto_save=False)
    for i, name in enumerate(every):
        model.fix_symbolic(0, i, 0, name, fit_params_bool=False, verbose=False)
        model.symbolic_fun[0].affine.data[0, i] = torch.tensor([0.9, 0.05, 1.1, 0.1])
    return model, 0.2 + 0.7 * torch.rand(20, len(every))


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    folder = Path(sys.argv[1])
    for make in (splines, constants, functions, names):
        model, x = make()
        x = x.requires_grad_()
        y = model(x)
        y.square().sum().backward()
        model.cache_data = None
        model.saveckpt(str(folder / make.__name__))
        (folder / f"{make.__name__}_cache_data").unlink()
        answers = {"x": x.detach().numpy(), "y": y.detach().numpy(), "gx": x.grad.numpy()}
        np.savez(folder / f"{make.__name__}.npz", **answers)
