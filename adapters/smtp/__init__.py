"""Mail in and out: the server that takes messages in, and the client that delivers them."""
