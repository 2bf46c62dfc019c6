"""Old Word files (.doc) and WPS files (.wps) that are OLE files to a `Source`, by the library unword.

unword gives the text with marks of Markdown. Lost: automatic numbers, and which text is a table's.
"""
