"""Finds boxes (folds, callouts and containers) and the questions that they are."""
