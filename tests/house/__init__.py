"""What the house rules are checked with: the tree's files, their syntax trees, and the cases that are excused."""
