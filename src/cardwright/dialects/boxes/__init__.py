"""Boxes: folds, callouts and containers, what they say, and the questions that they are."""
