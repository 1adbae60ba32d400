"""What each sheet says: from advice to the blocks of a document."""
