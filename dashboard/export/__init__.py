"""The calls of an organisation as files: PDF, workbook, table, text, calendar. Bytes out; nothing is read here.

Each form shows every call that fulfils the filters, or says which it does not.
"""
