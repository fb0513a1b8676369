"""Places: what an article's text names, where that is, and how sure we are.

Of the package `articles` only the model is known here, and Streamlit not at all.
"""
