"""What a person wrote in a mail, apart from the history it quotes and the signature below it."""
