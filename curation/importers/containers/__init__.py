"""What rows can be packed in. Each file turns one kind of file into rows with their place."""
