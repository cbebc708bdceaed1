"""timm's vision transformer and transformers' GPT-2, with other networks instead of their MLPs.

Both libraries are imported only when a model is made, so a report doesn't need them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import torch
from torch import Tensor, nn

import edgewise as ew
from benchmarks.drop_in.networks import NETWORKS, match_widths
from benchmarks.drop_in.problem import MakeBlock, Problem, cross_entropy, halve, seeded
from benchmarks.drop_in.tasks_images import DIGITS_TRAIN, shuffled_digits
from benchmarks.networks import count
from benchmarks.recipes.recipe import WITH_ZERO, Recipe, Supervised

FEATURES, DEPTH, HEADS = 32, 2, 4
"""Embedding width, blocks and attention heads of both transformers."""
SIDE, PATCH = 8, 2
"""Side lengths of a digit and of a patch, in pixels."""
TOKENS, CHARACTERS = 48, 200_000
"""Lengths of a training sequence and of the whole text, in characters."""
PIECES, TEST_PIECES, BATCH = 4_000, 200, 32


def replace_mlps(blocks: nn.ModuleList, make_block: MakeBlock) -> None:
    """Replace the MLP of every transformer block by a network."""
    for block in blocks:
        block.mlp = make_block(FEATURES, FEATURES)


def feed_forward_maker(network: str) -> MakeBlock:
    """Make networks as large as an MLP with one hidden layer four times as wide as its input."""

    def make(inputs: int, outputs: int) -> nn.Module:
        size = count(ew.MLP([inputs, 4 * inputs, outputs], device="meta"))
        return NETWORKS[network](match_widths(network, inputs, outputs, size, layers=1))

    return make


def vision_transformer(make_block: MakeBlock) -> nn.Module:
    """A classifier of digits, (rows, 1, 8, 8) → (rows, 10)."""
    from timm.models.vision_transformer import VisionTransformer

    model = VisionTransformer(
        img_size=SIDE,
        patch_size=PATCH,
        in_chans=1,
        num_classes=10,
        embed_dim=FEATURES,
        depth=DEPTH,
        num_heads=HEADS,
    )
    replace_mlps(model.blocks, make_block)
    return model


def _share_wrong(model: Callable[..., Tensor], x: Tensor, classes: Tensor) -> Tensor:
    """The percentage of rows that are classified wrongly."""
    return 100 * (model(x).argmax(-1) != classes).float().mean()


def digits(seed: int) -> Problem:
    """scikit-learn's digits, of which a random third is the test set."""
    pixels, classes = shuffled_digits(seed)
    images = halve(2 * pixels.view(-1, 1, SIDE, SIDE) - 1, DIGITS_TRAIN)
    train, test = zip(images, halve(classes, DIGITS_TRAIN), strict=True)
    blocks = ((FEATURES, FEATURES),) * DEPTH
    return Problem(train, test, blocks, seeded(vision_transformer), cross_entropy, _share_wrong)


class Gpt(nn.Module):
    """GPT-2, returning the logits alone.

    Shape:
        indices of characters (rows, tokens) → (rows, tokens, characters)
    """

    def __init__(self, characters: int, make_block: MakeBlock) -> None:
        from transformers import GPT2Config, GPT2LMHeadModel

        super().__init__()
        config = GPT2Config(
            vocab_size=characters,
            n_positions=TOKENS,
            n_embd=FEATURES,
            n_layer=DEPTH,
            n_head=HEADS,
            resid_pdrop=0.0,
            embd_pdrop=0.0,
            attn_pdrop=0.0,
            bos_token_id=0,
            eos_token_id=0,
        )
        self.model = GPT2LMHeadModel(config)
        replace_mlps(self.model.transformer.h, make_block)

    def forward(self, tokens: Tensor) -> Tensor:
        logits: Tensor = self.model(tokens, use_cache=False).logits
        return logits


@cache
def read_source() -> tuple[Tensor, str]:
    """This library's own source as indices of characters, and the characters."""
    files = sorted(Path(ew.__file__).parent.rglob("*.py"))
    text = "".join(file.read_text(encoding="utf-8") for file in files)[:CHARACTERS]
    characters = "".join(sorted(set(text)))
    number = {character: place for place, character in enumerate(characters)}
    return torch.tensor([number[character] for character in text]), characters


def source_text(seed: int) -> Problem:
    """Next-character prediction of Python source; the last tenth of the text is the test set."""
    g = torch.Generator().manual_seed(seed)
    text, characters = read_source()
    border = len(text) * 9 // 10

    def cut(part: Tensor, pieces: int) -> tuple[Tensor, Tensor]:
        starts = torch.randint(len(part) - TOKENS, (pieces, 1), generator=g)
        found = part[starts + torch.arange(TOKENS + 1)]
        return found[:, :-1], found[:, 1:]

    train, test = cut(text[:border], PIECES), cut(text[border:], TEST_PIECES)
    blocks = ((FEATURES, FEATURES),) * DEPTH
    build = seeded(partial(Gpt, len(characters)))
    return Problem(train, test, blocks, build, cross_entropy, cross_entropy)


def _start(
    make_problem: Callable[[int], Problem], network: str, seed: int, steps: int
) -> Supervised:
    return Supervised(make_problem(seed), feed_forward_maker(network), seed, steps, BATCH)


TRANSFORMERS = (
    Recipe("vit", "timm's vision transformer, digits", "test error, %", False, 350, WITH_ZERO,
           partial(_start, digits)),
    Recipe("gpt", "transformers' GPT-2, Python source", "test loss, nats", False, 250, WITH_ZERO,
           partial(_start, source_text)),
)  # fmt: skip
