"""Tables and folders read in batches."""
