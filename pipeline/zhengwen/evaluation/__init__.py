"""Evaluation: how good an output is against gold, how sure that is, where it fails, and whether B is better than A."""
