"""Articles come in and go out: Markdown and HTML folders, a Zendesk Help Center export, and a back-up of everything."""
