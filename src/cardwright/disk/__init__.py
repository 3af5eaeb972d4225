"""The files of a build: the lock and the package, and which build may write them."""
