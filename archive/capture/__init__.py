"""The only way in from the network and from files: delivers bytes with their provenance, understands nothing."""
