"""Where articles are filed: categories, tags, who may read them, whose they are, their addresses and languages."""
