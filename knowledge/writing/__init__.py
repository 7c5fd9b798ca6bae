"""What authors write with: images, reusable snippets and variables, and their unsaved text."""
