"""What the covenant says, and the use cases. Knows no technology."""
