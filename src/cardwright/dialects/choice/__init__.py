"""The choice among the dialects: each is tried on a document, and what they find is compared."""
