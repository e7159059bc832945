"""Migrations of the database: numbered, named, written for SQLite and PostgreSQL alike."""
