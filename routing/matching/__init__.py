"""Classes of conversations against teams of agents, kept up to date as both come and go: there are few of either."""
