"""Registries of other projects – Popolo, Wikidata, congress-legislators – into rows as our own files hold them."""
