"""What the compiled searches share: machine code that is kept, the processor, and bounds that rule pairs out."""
