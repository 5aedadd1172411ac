"""Segmentation: spaCy tokenizers for Chinese. Entity and fact spans never depend on word boundaries being right."""
