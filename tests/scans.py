"""Papers and photos as people send them: with what cameras and programs write beside what one sees."""

import struct
from io import BytesIO

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

CANARY = b"CANARY-BESIDE"
SIDEWAYS = 6  # held by its right side
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + CANARY + b"\0" * 40  # behind a motion photo


def photo(side=60, *, noise=False, **saved):
    """A JPEG without anything beside it."""
    made = BytesIO()
    plain = Image.new("RGB", (side, side // 2), (200, 90, side % 256))
    image = Image.effect_noise((side, side), 90) if noise else plain
    image.save(made, "JPEG", **({"quality": 90} | saved))
    return made.getvalue()


def tagged_photo(**more):
    """A JPEG with all that may stand beside its points: camera and place, XMP, IPTC, a comment, a thumbnail."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = CANARY.decode(), SIDEWAYS
    exif.get_ifd(0x8825)[29] = CANARY.decode()
    plain = photo(exif=exif, **more)
    beside = [
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + CANARY),
        _segment(0xED, b"Photoshop " + CANARY),
        _segment(0xFE, CANARY),
        _segment(0xE2, b"FPXR\0" + CANARY),
        _segment(0xE0, b"JFXX\0" + CANARY),
    ]
    return plain[:2] + b"".join(beside) + plain[2:]


def drawing():
    """A PNG without anything beside it."""
    made = BytesIO()
    Image.new("RGBA", (30, 20), (10, 120, 90, 200)).save(made, "PNG")
    return made.getvalue()


def tagged_drawing():
    """A PNG with texts, a time and Exif."""
    info, made, exif = PngInfo(), BytesIO(), Image.Exif()
    info.add_text("Author", CANARY.decode())
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    exif[0x010F], exif[0x0112] = CANARY.decode(), SIDEWAYS
    Image.new("RGB", (30, 20), (10, 120, 90)).save(made, "PNG", pnginfo=info, exif=exif)
    return made.getvalue()


def paper(change=None, *, packed=False, **saved):
    """A PDF of one page, changed as is said; its objects in streams, if it is packed."""
    made = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if change:
            change(pdf)
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        pdf.save(made, object_stream_mode=mode, **saved)
    return made.getvalue()


def tagged_paper(pdf):
    """Metadata wherever a PDF has them: of the file, of a page, of a photo on it."""
    pdf.docinfo["/Author"] = CANARY.decode()
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [CANARY.decode()]
    pdf.pages[0].obj["/PieceInfo"] = pikepdf.Dictionary(A=pikepdf.String(CANARY.decode()))
    pdf.pages[0].obj["/Metadata"] = pdf.make_stream(CANARY)
    picture = pikepdf.Stream(pdf, tagged_photo())
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=60,
        Height=30,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pdf.make_indirect(picture)))


def _segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data
