"""Chooses among the dialects: reads a document with each, and compares what they find."""
