"""How a text becomes what everybody reads: stages, review, comments on lines, schedules, comparing revisions."""
