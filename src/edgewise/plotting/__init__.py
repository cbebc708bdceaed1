"""Pictures of a network, of one edge and of a basis."""
