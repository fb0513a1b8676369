"""Places: what an article's text names, where that is, and how sure we are.

Where to begin::

    from geodata.gazetteer import open_gazetteer     the index of places; `gazetteer.build` makes one
    from geodata.geoparser import Geoparser          a text or an article to `model.Resolution`s
    from geodata.geocoders import GazetteerGeocoder  one name to geopy's locations; others ask services
    from geodata.events import tabulate              articles and resolutions to a GeoDataFrame
    from geodata.export import …                     a GeoDataFrame to files for other programs
    from geodata.scoring import Scorer               how good answers are, by a corpus

The way of a text: `tokens` and `wording` describe its words, `matching` finds the gazetteer's names among them,
`recognition` leaves out what `people` and `vetoes` know of (`entities` reviews it, where spaCy is at hand),
`resolution` decides what each name means, by `candidates`, `senses`, `containers` and `nearness`, and `roles` says
what a place is to an article. `fallback` asks online geocoders afterwards, if a person wants that. `streaming` does
all this for lines of JSON, `parallel` in several processes. Everything that can go wrong is in `errors`.

Nothing is imported here: a program that needs the model alone is not to load the rest. Of the package `articles`
only the model is known here, and Streamlit not at all.
"""
