"""What a build changes for those who imported the last one, and what an import cannot do."""
