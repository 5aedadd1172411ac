"""Readers: files, folders and globs → raw documents."""
