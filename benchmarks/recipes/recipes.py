"""All recipes, by name."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.recipes.control import CONTROL
from benchmarks.recipes.recipe import Recipe
from benchmarks.recipes.small_models import SMALL_MODELS
from benchmarks.recipes.transformers import TRANSFORMERS

RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe for recipe in (*TRANSFORMERS, *SMALL_MODELS, *CONTROL)
}
