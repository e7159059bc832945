"""Lists of names and titles as plain files, edited by people who know the language."""
