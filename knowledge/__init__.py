"""What we know: articles, their revisions, and the search over them."""
