"""A training run for test_resume.py to kill."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.optim.lr_scheduler import ExponentialLR

from edgewise.training import fit


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    x = torch.randn(203, 6)
    y = x.square().sum(1, keepdim=True)
    model = nn.Sequential(nn.Linear(6, 32), nn.Tanh(), nn.Dropout(0.2), nn.Linear(32, 1))
    history = fit(
        model,
        (x, y),
        val=(x, y),
        epochs=25,
        batch_size=10,
        optimizer="adamw",
        weight_decay=0.01,
        scheduler=lambda optimizer: ExponentialLR(optimizer, 0.97),
        checkpoint_dir=folder,
        checkpoint_every=3,
        resume=True,
        progress=False,
    )
    losses = torch.tensor([history.loss, history.val_loss, history.lr], dtype=torch.float64)
    save_file(dict(model.state_dict()) | {"losses": losses}, folder / "result.safetensors")
