"""Orders that are kept here: read, changed by who may, decided about, and brought in by the shop."""
