"""The real Go: where it is, and how it is called."""
