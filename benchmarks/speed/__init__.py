"""How fast is a KAN beside the MLP with as many parameters?"""
