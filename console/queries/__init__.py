"""Read models: what the console's pages need, in few statements each."""
