"""The public help center: pages that anybody reads, without a script, in the look of a brand."""
