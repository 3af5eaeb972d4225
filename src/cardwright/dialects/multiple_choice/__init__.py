"""Options to choose from, and the lines that tell which of them is right."""
