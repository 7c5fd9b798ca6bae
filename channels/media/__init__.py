"""Attachments: stored in a folder, known by their content, shown through addresses that expire."""
