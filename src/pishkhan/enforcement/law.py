"""The instruments that the declarations of enforcement cite, by their codes in `regulation`."""

from pishkhan.casework.procedures.procedure import Article

DISPUTES = Article("by-law-1388", "23")
NOTICE = Article("commission-261")  # ten working days to explain; of the later editions only openings were readable
STAYS = Article("court-act-1392", "34")  # to 40: of the court's interim orders
PRINCIPLES = Article("commission-317-2")
