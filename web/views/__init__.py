"""The pages: each view parses, calls a service, and renders or redirects."""
