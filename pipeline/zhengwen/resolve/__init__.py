"""Resolve: one name for one thing within an article, a key for it across articles."""
