"""Where a mail belongs: evidence weighed, and rules that no evidence overrules."""
