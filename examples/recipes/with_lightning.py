"""Lightning: a KAN in a LightningModule; a resumed run equals an uninterrupted one, bit for bit.

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
    """A network, trained by Adam on the squared error."""

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
        # The order depends on the epoch's number alone, so a resumed run sees the same batches.
        order = torch.Generator().manual_seed(self.current_epoch)
        return DataLoader(TensorDataset(*ROWS), batch_size=128, shuffle=True, generator=order)

    def val_dataloader(self) -> DataLoader:
        return DataLoader(TensorDataset(*UNSEEN), batch_size=1000)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), lr=self.lr)


def train(network: nn.Module, steps: int, folder: str, resume: str | None = None) -> Regression:
    """Train until `steps`, from the start or from the checkpoint `resume`."""
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
    """Train without a stop."""
    with tempfile.TemporaryDirectory() as folder:
        module = train(make(), steps, folder)
    return {"error": find_error(module.network), "network": module.network}


# begin-resume
def run_in_two(make: Callable[[], nn.Module], stop: int, steps: int) -> nn.Module:
    """Train until `stop`; then load the checkpoint into a new network and train until `steps`."""
    with tempfile.TemporaryDirectory() as folder:
        train(make(), stop, folder)
        return train(make(), steps, folder, str(Path(folder, "last.ckpt"))).network


# end-resume


def main() -> dict[str, Any]:
    """Train the KAN and the MLP."""
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice on the number of data-loading workers
        return compare("Lightning", run)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
