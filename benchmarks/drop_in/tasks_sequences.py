"""Sequences: a chaotic time series, embedded tokens, a recurrent cell, a transformer block."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.drop_in.problem import (
    ROWS,
    SMALL,
    MakeBlock,
    Problem,
    Task,
    cross_entropy,
    divergence,
    halve,
    regression,
    seeded,
)

WINDOW, LAG, HORIZON = 8, 3, 24
"""The number of past values, the steps between them, and how many steps ahead to predict."""
SYMBOLS, CLASSES, CONTEXT = 16, 4, 4
"""The grammar's symbols, their classes, and the context length of a network."""
SIGNALS, LENGTH, CHANNELS, HIDDEN = 4, 16, 2, 8
"""Kinds of signals, their steps and channels, and the recurrent cell's hidden width."""
TOKENS, SENTENCE, WIDTH, HEADS = 8, 12, 16, 2
"""The transformer's vocabulary, sequence length, width and heads."""
ITEMS, BAG, MODULUS = 6, 10, 3
"""Kinds of items, items in a bag, and the modulus of the count."""


def mackey_glass(steps: int, g: torch.Generator) -> Tensor:
    """x' = 0.2 x(t - 17) / (1 + x(t - 17)¹⁰) - 0.1 x at integer t, without the first 300.

    The solver is Heun's method with a step of 0.1; the initial history is a random constant.
    """
    delay, fine = 170, 0.1

    def slope(now: float, past: float) -> float:
        return 0.2 * past / (1 + past**10) - 0.1 * now

    x = [0.6 + 0.8 * float(torch.rand((), generator=g))] * (delay + 2)
    for _ in range(10 * (steps + 300)):
        first = slope(x[-1], x[-1 - delay])
        second = slope(x[-1] + fine * first, x[-delay])
        x.append(x[-1] + fine * (first + second) / 2)
    return torch.tensor(x[::10][-steps:])


def _series(seed: int) -> Problem:
    span = (WINDOW - 1) * LAG
    series = mackey_glass(2 * ROWS + span + HORIZON, torch.Generator().manual_seed(seed))
    series = (series - series[:ROWS].mean()) / series[:ROWS].std()
    x = series[: 2 * ROWS + span].unfold(0, span + 1, 1)[:, ::LAG]
    return regression(halve(x), halve(series[span + HORIZON :][:, None]))


class Embedded(nn.Module):
    """A network applied to the concatenated embeddings of four tokens."""

    def __init__(self, make_block: MakeBlock, size: int = 6) -> None:
        super().__init__()
        self.embedding = nn.Embedding(SYMBOLS, size)
        self.block = make_block(CONTEXT * size, SYMBOLS)

    def forward(self, tokens: Tensor) -> Tensor:
        out: Tensor = self.block(self.embedding(tokens).flatten(-2))
        return out


def grammar_text(rows: int, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """Windows of text from a random grammar, and the true probabilities of the next symbol.

    Every symbol has a class. The class of the next symbol depends on the classes of the last three
    symbols. Which symbol of that class follows depends on the last two symbols.

    Shape:
        (rows, 4) and (rows, 16)
    """
    each = SYMBOLS // CLASSES
    of_class = (2 * torch.randn(*[CLASSES] * 4, generator=g)).softmax(-1)
    of_symbol = 1.5 * torch.randn(2, SYMBOLS, CLASSES, each, generator=g)
    text = torch.randint(SYMBOLS, (rows, CONTEXT), generator=g)
    for _ in range(20):
        a, b, c = text[:, -3:].T
        inside = (of_symbol[0, c] + of_symbol[1, b]).softmax(-1)
        truth = (of_class[a // each, b // each, c // each][..., None] * inside).flatten(1)
        following = torch.multinomial(truth, 1, generator=g)
        text = torch.cat([text, following], dim=1)
    return text[:, -CONTEXT - 1 :], truth


def _text(seed: int) -> Problem:
    windows, truth = grammar_text(3 * ROWS, torch.Generator().manual_seed(seed))
    (x, x_test), (y, _) = (halve(part, 2 * ROWS) for part in (windows[:, :-1], windows[:, -1]))
    blocks = ((CONTEXT * 6, SYMBOLS),)
    return Problem((x, y), (x_test, truth[2 * ROWS :]), blocks, seeded(Embedded), cross_entropy,
                   divergence)  # fmt: skip


class Recurrent(nn.Module):
    """h ← tanh(network(h, x)) for every step of a sequence, then a linear layer."""

    def __init__(self, make_block: MakeBlock) -> None:
        super().__init__()
        self.head = nn.Linear(HIDDEN, SIGNALS)
        self.block = make_block(HIDDEN + CHANNELS, HIDDEN)

    def forward(self, x: Tensor) -> Tensor:
        hidden = x.new_zeros(len(x), HIDDEN)
        for step in x.unbind(1):
            hidden = torch.tanh(self.block(torch.cat([hidden, step], dim=-1)))
        out: Tensor = self.head(hidden)
        return out


def draw_signals(kind: Tensor, g: torch.Generator) -> Tensor:
    """Sine, square, sawtooth and chirp of random frequency and phase; channel 2 is only noise.

    Shape:
        (rows,) → (rows, 16, 2)
    """
    even = torch.rand(2, len(kind), 1, generator=g)
    time = torch.arange(LENGTH) / LENGTH
    turn = (1.5 + 1.5 * even[0]) * time + even[1]
    sine = (2 * math.pi * turn).sin()
    chirp = (2 * math.pi * (turn + 1.5 * time.square())).sin()
    signals = torch.stack([sine, sine.sign(), 2 * turn.frac() - 1, chirp])
    chosen = signals[kind, torch.arange(len(kind))]
    noise = 0.2 * torch.randn(len(kind), LENGTH, CHANNELS, generator=g)
    return torch.stack([chosen, torch.zeros_like(chosen)], dim=-1) + noise


def _signals(seed: int) -> Problem:
    g = torch.Generator().manual_seed(seed)
    kind = torch.randint(SIGNALS, (2 * ROWS,), generator=g)
    train, test = zip(halve(draw_signals(kind, g)), halve(kind), strict=True)
    blocks = ((HIDDEN + CHANNELS, HIDDEN),)
    return Problem(train, test, blocks, seeded(Recurrent), cross_entropy, cross_entropy)


class Transformer(nn.Module):
    """One causal transformer block whose feed-forward part is the network.

    It predicts the next token after each token but the first, since the next token depends on two.
    """

    def __init__(self, make_block: MakeBlock) -> None:
        super().__init__()
        self.token, self.place = nn.Embedding(TOKENS, WIDTH), nn.Embedding(SENTENCE, WIDTH)
        self.first, self.second, self.last = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.mixed, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, TOKENS)
        self.block = make_block(WIDTH, WIDTH)

    def forward(self, tokens: Tensor) -> Tensor:
        length = tokens.shape[-1]
        x = self.token(tokens) + self.place.weight[:length]
        x = x + self.out(self._attend(self.mixed(self.first(x))))
        x = x + self.block(self.second(x))
        out: Tensor = self.head(self.last(x[..., 1:, :]))
        return out

    @staticmethod
    def _attend(mixed: Tensor) -> Tensor:
        query, key, value = (
            part.unflatten(-1, (HEADS, -1)).transpose(-3, -2) for part in mixed.chunk(3, dim=-1)
        )
        length = mixed.shape[-2]
        future = torch.ones(length, length, dtype=torch.bool, device=mixed.device).triu(1)
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH / HEADS)
        mean = scores.masked_fill(future, -math.inf).softmax(-1) @ value
        return mean.transpose(-3, -2).flatten(-2)


def chain(rows: int, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """Sequences from a second-order Markov chain: the next token is mostly f(last two tokens).

    Shape:
        tokens (rows, 13), and the true probabilities of the last 11 of them (rows, 11, 8)
    """
    likely = F.one_hot(torch.randint(TOKENS, (TOKENS, TOKENS), generator=g), TOKENS)
    table = 0.9 * likely + 0.1 / TOKENS
    tokens = torch.randint(TOKENS, (rows, 2), generator=g)
    truth = []
    for _ in range(SENTENCE - 1):
        truth.append(table[tokens[:, -2], tokens[:, -1]])
        tokens = torch.cat([tokens, torch.multinomial(truth[-1], 1, generator=g)], dim=1)
    return tokens, torch.stack(truth, dim=1)


def _transformer(seed: int) -> Problem:
    tokens, truth = chain(2 * ROWS, torch.Generator().manual_seed(seed))
    x, x_test = halve(tokens[:, :-1])
    train, test = (x, tokens[:ROWS, 2:]), (x_test, truth[ROWS:])
    return Problem(train, test, ((WIDTH, WIDTH),), seeded(Transformer), cross_entropy, divergence)


class Bag(nn.Module):
    """A network applied to the sum of the embeddings of all tokens."""

    def __init__(self, make_block: MakeBlock, size: int = 4) -> None:
        super().__init__()
        self.embedding = nn.Embedding(ITEMS, size)
        self.block = make_block(size, MODULUS)

    def forward(self, tokens: Tensor) -> Tensor:
        out: Tensor = self.block(self.embedding(tokens).sum(-2))
        return out


def _counting(seed: int) -> Problem:
    """Predict how many items of a bag are of the first two kinds, modulo 3."""
    items = torch.randint(ITEMS, (2 * ROWS, BAG), generator=torch.Generator().manual_seed(seed))
    count = (items < 2).sum(1) % MODULUS
    train, test = zip(halve(items), halve(count), strict=True)
    return Problem(train, test, ((4, MODULUS),), seeded(Bag), cross_entropy, cross_entropy, SMALL)


SEQUENCES = (
    Task("series", "sequences", _series),
    Task("text", "sequences", _text),
    Task("recurrent", "sequences", _signals),
    Task("transformer", "sequences", _transformer),
    Task("counting", "sequences", _counting),
)
"""The errors of text and transformer are KL divergences from the true probabilities."""
