"""What is folded away, with ``<details>``, callouts and containers, and what its title says."""
