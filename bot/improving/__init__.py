"""How the bot gets better: what it misunderstood, what people say it meant, and models trained, compared and rolled out."""
