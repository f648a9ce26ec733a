"""A QR code as a drawing in a page."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4  # modules around the code (ISO/IEC 18004)


def qr_code(text: str, label: str) -> SafeString:
    """The code of a text as an SVG, with what to call it for who does not see it."""
    rows = list(segno.make_qr(text, error="m", boost_error=False).matrix_iter(border=QUIET))
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#000" d="{2}"/></svg>',
        len(rows),
        label,
        path,
    )
