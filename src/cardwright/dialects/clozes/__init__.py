"""The notes that hide pieces of themselves, and the marks around the pieces."""
