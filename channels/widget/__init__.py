"""The chat widget on somebody's web page."""
