"""SQLAlchemy Core tables, transactions and the stored forms of values."""
