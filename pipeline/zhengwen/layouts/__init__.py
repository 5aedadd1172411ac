"""Layouts: a raw document → articles with clean text and an offset map."""
