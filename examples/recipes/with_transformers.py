"""Transformers: a KAN as a PreTrainedModel, saved and loaded again, bit for bit.

python examples/recipes/with_transformers.py
"""

import tempfile
from collections.abc import Callable
from typing import Any

import torch
from task import BATCH, LEARNING_RATE, ROWS, compare, find_error
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel
from transformers.utils import logging

import edgewise as ew


# begin-model
class KANConfig(PretrainedConfig):
    """The arguments of the network, saved as config.json."""

    model_type = "edgewise-kan"

    def __init__(self, widths: tuple[int, ...] = (1, 1), basis: str | None = None, **other: Any):
        super().__init__(**other)
        self.widths, self.basis = list(widths), basis


class KANModel(PreTrainedModel):
    """A KAN that also returns the loss if it gets labels, as Trainer expects."""

    config_class = KANConfig

    def __init__(self, config: KANConfig) -> None:
        super().__init__(config)
        self.kan = ew.KAN(config.widths, basis=config.basis)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        # from_pretrained calls this for weights that the file lacks, such as a new head.
        if isinstance(module, ew.KANLinear):
            module.reset_parameters()
        else:
            super()._init_weights(module)

    def forward(self, x: Tensor, labels: Tensor | None = None) -> dict[str, Tensor]:
        y = self.kan(x)
        return (
            {"logits": y} if labels is None else {"loss": (y - labels).square().mean(), "logits": y}
        )


AutoConfig.register(KANConfig.model_type, KANConfig)
AutoModel.register(KANConfig, KANModel)
# end-model


def train(model: nn.Module, find_loss: Callable[[Tensor, Tensor], Tensor], steps: int) -> None:
    """Train by Adam."""
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    order = torch.Generator().manual_seed(0)
    for _ in range(steps):
        rows = torch.randint(len(ROWS[0]), (BATCH,), generator=order)
        optimizer.zero_grad()
        find_loss(ROWS[0][rows], ROWS[1][rows]).backward()
        optimizer.step()


def run(make: Callable[[], nn.Module], steps: int) -> dict[str, Any]:
    """Train; wrap the KAN in transformers' model, and save and load it."""
    network = make()
    if not isinstance(network, ew.KAN):
        train(network, lambda x, y: (network(x) - y).square().mean(), steps)
        return {"error": find_error(network)}
    torch.manual_seed(0)
    # begin-train
    model = KANModel(KANConfig(widths=network.widths))
    train(model, lambda x, y: model(x, labels=y)["loss"], steps)
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)  # or model.push_to_hub("name/of-it")
        loaded = AutoModel.from_pretrained(folder)
    # end-train
    return {"error": find_error(loaded.kan), "before": model, "after": loaded}


def main() -> dict[str, Any]:
    """Train the KAN and the MLP."""
    logging.disable_progress_bar()
    return compare("Transformers", run)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
