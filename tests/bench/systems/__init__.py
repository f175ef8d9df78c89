"""The systems compared: ours and what one could use instead. `registry` lists them."""
