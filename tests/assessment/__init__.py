"""One company: answers, advice, score, plan, advisers."""
