"""What people read: the words of pages, errors and findings, one file a language.

A language is the file `<tag>.json` in this folder, found by being there. English is whole; what
another language lacks is read in English. Administrators and operators read the findings
themselves, in findings/; here is what the person who signs in is told.
"""
