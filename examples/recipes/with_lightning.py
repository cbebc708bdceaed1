"""Lightning: a KAN in a LightningModule, stopped in the middle and gone on with, bit for bit.

python examples/recipes/with_lightning.py
"""

import logging
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightning
import torch
from lightning.pytorch.callbacks import ModelCheckpoint
from task import LEARNING_RATE, ROWS, UNSEEN, compare, find_error
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset


# begin-module
class Regression(lightning.LightningModule):
    """Any network, trained by Adam on the squared error."""

    def __init__(self, network: nn.Module, lr: float = LEARNING_RATE) -> None:
        super().__init__()
        self.network, self.lr = network, lr

    def forward(self, x: Tensor) -> Tensor:
        return self.network(x)

    def training_step(self, batch: tuple[Tensor, Tensor], index: int) -> Tensor:
        x, y = batch
        return (self(x) - y).square().mean()

    def validation_step(self, batch: tuple[Tensor, Tensor], index: int) -> None:
        x, y = batch
        self.log("val_loss", (self(x) - y).square().mean())

    def train_dataloader(self) -> DataLoader:
        # The order of an epoch depends on its number alone, so that a resumed run sees the same.
        order = torch.Generator().manual_seed(self.current_epoch)
        return DataLoader(TensorDataset(*ROWS), batch_size=128, shuffle=True, generator=order)

    def val_dataloader(self) -> DataLoader:
        return DataLoader(TensorDataset(*UNSEEN), batch_size=1000)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), lr=self.lr)


def train(network: nn.Module, steps: int, folder: str, resume: str | None = None) -> Regression:
    """Train up to so many steps; resume is the checkpoint to go on from, or None to begin."""
    module = Regression(network)
    trainer = lightning.Trainer(
        max_steps=steps,
        reload_dataloaders_every_n_epochs=1,
        callbacks=[ModelCheckpoint(folder, save_last=True)],
        accelerator="cpu",
        logger=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(module, ckpt_path=resume)
    return module


# end-module


def run(make: Callable[[], nn.Module], steps: int) -> dict[str, Any]:
    """All steps at once."""
    with tempfile.TemporaryDirectory() as folder:
        module = train(make(), steps, folder)
    return {"error": find_error(module.network), "network": module.network}


# begin-resume
def run_in_two(make: Callable[[], nn.Module], stop: int, steps: int) -> nn.Module:
    """The same with a stop in the middle; a new network goes on from the file."""
    with tempfile.TemporaryDirectory() as folder:
        train(make(), stop, folder)
        return train(make(), steps, folder, str(Path(folder, "last.ckpt"))).network


# end-resume


def main() -> dict[str, Any]:
    """The KAN and the MLP."""
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice on workers, for data that come from files
        return compare("Lightning", run)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
