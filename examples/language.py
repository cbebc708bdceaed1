"""A character-level language model of KAN blocks, beside the same with MLPs and KAT's layers.

    python examples/language.py [FILE]

The text is FILE, or this library's own source.
"""

import sys
import time
from pathlib import Path

import torch
from torch import nn

import edgewise as ew

FEATURES, HEADS, TOKENS = 32, 4, 48


class Model(nn.Module):
    """Embedding, blocks that see only earlier characters, logits of the next one.

    Shape:
        (N, tokens) of characters' numbers → (N, tokens, characters)
    """

    def __init__(self, characters: int, feed_forward: str, depth: int = 2) -> None:
        super().__init__()
        self.embed = nn.Embedding(characters, FEATURES)
        self.place = nn.Parameter(torch.randn(TOKENS, FEATURES) / 10)
        self.blocks = nn.Sequential(
            *(
                ew.nn.KANTransformerBlock(
                    FEATURES, HEADS, FEED_FORWARD[feed_forward](), causal=True
                )
                for _ in range(depth)
            )
        )
        self.norm = nn.LayerNorm(FEATURES)
        self.head = nn.Linear(FEATURES, characters)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = self.embed(x) + self.place[: x.shape[1]]
        return self.head(self.norm(self.blocks(h)))


FEED_FORWARD = {
    "KAN": lambda: ew.nn.KANFeedForward(FEATURES),
    "MLP": lambda: nn.Sequential(
        nn.Linear(FEATURES, 4 * FEATURES), nn.GELU(), nn.Linear(4 * FEATURES, FEATURES)
    ),
    "GR-KAN": lambda: nn.Sequential(
        ew.nn.RationalLinear(FEATURES, 4 * FEATURES, start="identity"),
        ew.nn.RationalLinear(4 * FEATURES, FEATURES, start="gelu"),
    ),
}
"""What stands in the place of the MLP block; all have about the same number of parameters."""


def encode(text: str) -> tuple[torch.Tensor, str]:
    """The text as numbers, and the characters that they stand for."""
    characters = "".join(sorted(set(text)))
    return torch.tensor([characters.index(c) for c in text]), characters


def batch(data: torch.Tensor, size: int, generator: torch.Generator) -> torch.Tensor:
    """Pieces of TOKENS + 1 characters from anywhere in the text."""
    starts = torch.randint(len(data) - TOKENS, (size, 1), generator=generator)
    return data[starts + torch.arange(TOKENS + 1)]


def loss(model: nn.Module, pieces: torch.Tensor) -> torch.Tensor:
    """Cross entropy of the next character, in nats."""
    logits = model(pieces[:, :-1])
    return nn.functional.cross_entropy(logits.flatten(0, 1), pieces[:, 1:].flatten())


def train(model: nn.Module, data: torch.Tensor, steps: int, size: int = 32) -> tuple[float, float]:
    """AdamW on nine tenths of the text; the loss on the last tenth, and the seconds."""
    border = len(data) * 9 // 10
    generator = torch.Generator().manual_seed(0)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    start = time.perf_counter()
    for _ in range(steps):
        optimizer.zero_grad()
        loss(model, batch(data[:border], size, generator)).backward()
        optimizer.step()
    seconds = time.perf_counter() - start
    with torch.no_grad():
        pieces = batch(data[border:], 200, torch.Generator().manual_seed(1))
        return float(loss(model.eval(), pieces)), seconds


def main(text: str | None = None, steps: int = 500) -> dict[str, float]:
    """Train each kind of model on the same batches; their losses on text that none has seen."""
    if text is None:
        files = sorted(Path(ew.__file__).parent.rglob("*.py"))
        text = "".join(file.read_text(encoding="utf-8") for file in files)[:200_000]
    data, characters = encode(text)
    found = {}
    for name in FEED_FORWARD:
        torch.manual_seed(0)
        model = Model(len(characters), name)
        parameters = sum(p.numel() for p in model.parameters())
        found[name], seconds = train(model, data, steps)
        print(f"{name}: {parameters:,} parameters, {found[name]:.3f} nats in {seconds:.1f} s")
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else None)
