"""Defines what every dialect uses: headings, questions and pieces of a file."""
