"""What tests share: a server and a browser, databases, golden texts, damaged files."""
