"""The Streamlit app and the command line: the only place where articles and places meet a person."""
