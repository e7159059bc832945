"""The web application: statements, people and checks as pages and as JSON. It asks services and shows domain values."""
