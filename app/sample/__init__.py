"""The sample company Lumen & Leaf, an online shop for lamps and plants: what a first start shows."""
