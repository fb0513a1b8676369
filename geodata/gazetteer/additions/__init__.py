"""Places that a user adds: read from a file, kept as an addition, merged into the index that is asked.

`opening` gives a file's bytes, plain or packed; `formats` finds out what it is and takes its records apart with
`geonames_files`, `tables` and `geojson`; `positions` refuses what cannot be; `addition` keeps what was read, so
that a killed reading goes on where it was; `merging` makes one index of an index and an addition, by what `places`
knows of sameness; `adding` knows the order.
"""
