"""Finds what a build changes for people who imported the last one, and what an import cannot do."""
