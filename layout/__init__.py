"""Duikai: newspaper pages from an issue folder to press PDF."""
