"""What a row can look like. Each file reads one layout into samples."""
