"""From bytes and article texts to readings and claims; pure."""
