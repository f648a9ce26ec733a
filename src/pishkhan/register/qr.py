"""A QR code as a drawing in a page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules around the code (ISO/IEC 18004)


def qr_code(text: str, label: str) -> SafeString:
    """The code of a text as an SVG, with what to call it for who does not see it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html('<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
                       '<path fill="#000" d="{2}"/></svg>', len(rows), label, path)
