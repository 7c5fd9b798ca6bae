"""Chat for apps and pages: the live protocol for everybody's own clients, and a page of ours that is one."""
