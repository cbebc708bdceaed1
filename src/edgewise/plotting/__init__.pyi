from .card import plot_card as plot_card
from .plot import plot as plot
from .plot import plot_basis as plot_basis
from .plot import plot_edge as plot_edge
