"""Real programs that tests run against, each started once a run and only when a test asks for it."""
