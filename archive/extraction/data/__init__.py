"""Language data as plain files: one a language, edited by people who know the language, not the code."""
