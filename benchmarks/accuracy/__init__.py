"""How accurate KANs and MLPs are at equal widths, parameters and training time, all tuned alike."""
