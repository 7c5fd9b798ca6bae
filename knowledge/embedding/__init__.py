"""Texts as vectors: models behind one small Protocol, chosen by language, and their vectors kept in the database."""
