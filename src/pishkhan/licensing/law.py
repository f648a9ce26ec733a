"""The instruments that the declarations of licensing cite, by their codes in `regulation`."""

from pishkhan.casework.procedures.procedure import Article

BY_LAW = Article("by-law-1388")
RELOCATION = Article("by-law-1388", "20")
PRINCIPLES = Article("commission-317-2")
RENEWAL = Article("commission-317-2", "4")
MARKET = Article("principle-44-act", "7")
DISPUTES = Article("by-law-1388", "23")
