"""KANs in the models that people use them in, beside MLPs with as many parameters."""
