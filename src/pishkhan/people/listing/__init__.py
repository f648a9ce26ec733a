"""Lists, each declared once: from that come its page, the cards on a phone, sorting, filters, exports and the API."""
