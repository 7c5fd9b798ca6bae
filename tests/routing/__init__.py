"""Who should answer, and by when: decided purely, committed in the ledger."""
