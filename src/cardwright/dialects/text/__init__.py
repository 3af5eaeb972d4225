"""What every dialect is written in: headings, labels, questions and pieces of a file."""
