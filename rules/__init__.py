"""What follows from what we know: the rule base, the one meaning of a condition, and the engines that read it."""
