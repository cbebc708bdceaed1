"""Advantage actor-critic for gymnasium's CartPole and Acrobot."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.distributions import Categorical

from benchmarks.drop_in.networks import block_maker
from benchmarks.drop_in.problem import SMALL, MakeBlock
from benchmarks.networks import drawn_by
from benchmarks.recipes.recipe import WITH_RAW, Recipe

ENVIRONMENTS, HORIZON = 16, 32
"""The environments played in parallel, and the moves in each between two steps of Adam."""
DISCOUNT, TRACE, ENTROPY = 0.99, 0.95, 0.01
"""The discount γ, GAE's λ, and the weight of the entropy bonus."""
EPISODES = 50
"""The metric is the mean return of this many latest games."""


class ActorCritic(nn.Module):
    """A policy network, whose outputs are logits of the moves, and a value network."""

    def __init__(self, inputs: int, moves: int, make_block: MakeBlock) -> None:
        super().__init__()
        self.policy, self.value = make_block(inputs, moves), make_block(inputs, 1)


@dataclass(frozen=True)
class Rollout:
    """The transitions between two steps of Adam.

    Attributes:
        states, following: the states before and after each move, (moves, environments, inputs).
        moves: the moves; this tensor and the next three are (moves, environments).
        rewards: the reward of each move.
        terminated: whether the game ended with the move, in a state without a future.
        ended: whether the game ended for any reason, the time limit included.
    """

    states: Tensor
    following: Tensor
    moves: Tensor
    rewards: Tensor
    terminated: Tensor
    ended: Tensor


def advantages(rollout: Rollout, values: Tensor, following: Tensor) -> Tensor:
    """Generalised advantages A_t = δ_t + γλ A_{t+1}, where A_{t+1} = 0 at the end of a game.

    δ_t = r_t + γ V(s_{t+1}) - V(s_t), where V(s_{t+1}) = 0 if the game terminated.

    Args:
        values, following: V of the states before and after each move.
    """
    after = DISCOUNT * following * ~rollout.terminated
    deltas = rollout.rewards + after - values
    found, later = [], torch.zeros_like(deltas[0])
    for delta, ended in zip(deltas.flip(0), rollout.ended.flip(0), strict=True):
        later = delta + DISCOUNT * TRACE * later * ~ended
        found.append(later)
    return torch.stack(found[::-1])


class Game:
    """Advantage actor-critic: a step of Adam after every 512 moves, each move used once.

    Rewards are multiplied by 1 - γ, so that values are at most 1. Advantages are standardised.
    """

    def __init__(self, environment: str, network: str, seed: int, _: int) -> None:
        import gymnasium

        made = [gymnasium.make(environment, disable_env_checker=True) for _ in range(ENVIRONMENTS)]
        self._environments: list[Any] = made
        starts = [e.reset(seed=1_000 * seed + place)[0] for place, e in enumerate(made)]
        self._states = np.stack(starts)
        self._generator = torch.Generator().manual_seed(seed)
        self._running = [0.0] * ENVIRONMENTS
        self._finished: deque[float] = deque(maxlen=EPISODES)
        ends = made[0].observation_space.shape[0], int(made[0].action_space.n)
        with drawn_by(seed):
            self.model = ActorCritic(*ends, block_maker(network, SMALL))

    def loss(self, step: int) -> Tensor:
        rollout = self.play()
        policy = Categorical(logits=self.model.policy(rollout.states))
        values = self.model.value(rollout.states).squeeze(-1)
        with torch.no_grad():
            following = self.model.value(rollout.following).squeeze(-1)
            gains = advantages(rollout, values, following)
            targets = gains + values
            gains = (gains - gains.mean()) / (gains.std() + 1e-8)
        gained = policy.log_prob(rollout.moves) * gains + ENTROPY * policy.entropy()
        return (values - targets).square().mean() - gained.mean()

    @torch.no_grad()
    def play(self) -> Rollout:
        """Play HORIZON moves in every environment, and restart games that end."""
        seen: list[tuple[Any, ...]] = []
        for _ in range(HORIZON):
            states = torch.from_numpy(self._states).float()
            chances = self.model.policy(states).softmax(-1)
            moves = torch.multinomial(chances, 1, generator=self._generator).squeeze(-1)
            played = [e.step(m) for e, m in zip(self._environments, moves.tolist(), strict=True)]
            following, rewards, terminated, truncated, _ = zip(*played, strict=True)
            ended = np.logical_or(terminated, truncated)
            seen.append((states, np.stack(following), moves, rewards, terminated, ended))
            self._states = np.stack(following)
            self._count(rewards, ended)
        parts = [torch.as_tensor(np.stack(part)) for part in zip(*seen, strict=True)]
        states, following, moves, rewards, terminated, ended = parts
        scaled = (1 - DISCOUNT) * rewards.float()
        return Rollout(states, following.float(), moves, scaled, terminated, ended)

    def _count(self, rewards: tuple[float, ...], ended: np.ndarray) -> None:
        """Add rewards to the running returns, and restart games that ended."""
        for place, reward in enumerate(rewards):
            self._running[place] += float(reward)
            if ended[place]:
                self._finished.append(self._running[place])
                self._running[place] = 0.0
                self._states[place] = self._environments[place].reset()[0]

    def metric(self) -> float:
        """The mean return of the latest 50 games, or of the unfinished ones until one ends."""
        return float(np.mean(self._finished or self._running))


CONTROL = (
    Recipe("cartpole", "policy and value, CartPole-v1", "return", True, 200, WITH_RAW,
           partial(Game, "CartPole-v1")),
    Recipe("acrobot", "policy and value, Acrobot-v1", "return", True, 120, WITH_RAW,
           partial(Game, "Acrobot-v1")),
)  # fmt: skip
