"""Lines of bold, list items and labels that ask or answer."""
