"""Every interleaving of a few routers, agents and conversations, on a ledger in memory and on the real ones."""
