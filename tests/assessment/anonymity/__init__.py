"""What leads to people stays inside."""
