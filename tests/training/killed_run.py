"""Training runs for test_resume.py to kill."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.optim.lr_scheduler import ExponentialLR

import edgewise as ew
from edgewise.training import fit


def layers() -> nn.Module:
    return nn.Sequential(nn.Linear(6, 32), nn.Tanh(), nn.Dropout(0.2), nn.Linear(32, 1))


def curves() -> nn.Module:
    """A KAN with a frozen edge, whose grids move while it learns."""
    model = ew.KAN([6, 4, 1], basis=ew.BSpline(4), norm="standard", seed=0)
    return ew.surgery.freeze(model, (0, 1, 2))


MODELS = {"layers": (layers, None), "curves": (curves, 40)}
"""How each is made, and after how many steps its grids move."""


def main(folder: Path, kind: str) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    x = torch.randn(203, 6)
    y = x.square().sum(1, keepdim=True)
    make, every = MODELS[kind]
    model = make()
    history = fit(
        model,
        (x, y),
        val=(x, y),
        epochs=10,
        batch_size=10,
        optimizer="adamw",
        weight_decay=0.01,
        grid_update_every=every,
        scheduler=lambda optimizer: ExponentialLR(optimizer, 0.97),
        checkpoint_dir=folder,
        checkpoint_every=3,
        resume=True,
        progress=False,
    )
    losses = torch.tensor([history.loss, history.val_loss, history.lr], dtype=torch.float64)
    save_file(dict(model.state_dict()) | {"losses": losses}, folder / "result.safetensors")
