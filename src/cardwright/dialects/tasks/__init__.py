"""Problem sets: the labels of exercises, their parts and their solutions."""
