"""Forward chaining: working memory, durable-rules, and one evaluation held to the reference meaning."""
