"""Makes a fresh machine ready for Parley, with nothing but Python's standard library."""
