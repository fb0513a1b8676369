"""The pages: each draws itself with `draw`, and turns errors into words for a person."""
