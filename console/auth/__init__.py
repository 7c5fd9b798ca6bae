"""Who is asking: passwords, sessions, invitations, and the guard before every route."""
