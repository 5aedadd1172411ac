"""Training: weights from annotated texts, each with a model card."""
