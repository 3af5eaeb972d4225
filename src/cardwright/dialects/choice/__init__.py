"""Chooses among the dialects: tries each on a document and compares what they find."""
