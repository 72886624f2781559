"""Krachtlijn: the quarterly strategy workbook of a public service.

Rooms, from the ground up (imports go down only):

- ground floor: ``errors``, ``quarter``, ``period``, ``paths``, ``params``, ``schema``, ``asof``, ``catalog``,
  ``language``, ``translations``, ``figure``, ``spreadsheet``
- ``intake``: a delivery in ``data/raw`` -> validated tables in ``data/processed``
- ``models``: the reasoning, frame in, frame out
- ``views``: one function per figure or table of a notebook
- ``build``: notebooks -> one report
- ``cli``: the command ``krachtlijn``
"""
