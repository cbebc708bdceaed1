"""How a layer is computed: one room per engine."""
