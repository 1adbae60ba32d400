"""The server: how the application is started, the shell around Streamlit, who may come in, and what it serves."""
