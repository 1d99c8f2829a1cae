"""What touches the world: sockets, databases, keys, files. Adapters translate and never decide."""
