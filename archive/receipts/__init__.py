"""What a receipt carries for strangers: a verifier in one file, and a page that says how to use it."""
