"""PDF files made for tests: typed ones, and scans of them."""

import zlib
from collections.abc import Sequence

import pypdfium2

_HEIGHT, _WIDTH = 200, 400


def pdf(*pages: str | None) -> bytes:
    """Return a PDF file with the lines of a text on each page; ``None`` is a page without text."""
    drawn = []
    for text in pages:
        lines = (text or "").split("\n")
        words = "".join(
            f"20 {170 - 16 * n} Td ({line}) Tj -20 {16 * n - 170} Td "
            for n, line in enumerate(lines)
        )
        drawn.append(f"BT /F1 11 Tf {words}ET" if text is not None else "0 0 50 50 re f")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return _file([(line.encode(), b"<< /Font << /F1 3 0 R >> >>") for line in drawn], [font])


def scanned(*pages: str, dots_per_inch: int = 300) -> bytes:
    """Return a PDF file of pictures: each page of ``pdf(*pages)`` as a scanner gives it."""
    document = pypdfium2.PdfDocument(pdf(*pages))
    pictures = [
        page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy() for page in document
    ]
    document.close()
    objects = []
    for picture in pictures:
        rows, columns = picture.shape[:2]
        packed = zlib.compress(picture.tobytes())
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {columns} /Height {rows} /BitsPerComponent 8 "
            f"/ColorSpace /DeviceGray /Filter /FlateDecode /Length {len(packed)} >>"
        )
        objects.append(head.encode() + b"\nstream\n" + packed + b"\nendstream")
    drawn = f"{_WIDTH} 0 0 {_HEIGHT} 0 0 cm /P Do".encode()
    return _file(
        [
            (drawn, f"<< /XObject << /P {number} 0 R >> >>".encode())
            for number in range(3, 3 + len(objects))
        ],
        objects,
    )


def joined(typed: str, picture: str) -> bytes:
    """Return a PDF file whose first page is typed and whose second is a scan."""
    both = pypdfium2.PdfDocument.new()
    for body in (pdf(typed), scanned(picture)):
        both.import_pages(pypdfium2.PdfDocument(body))
    written = _Written()
    both.save(written)
    return bytes(written.data)


class _Written:
    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)


def _file(pages: Sequence[tuple[bytes, bytes]], shared: Sequence[bytes]) -> bytes:
    """Return a file of *pages*, each what it draws and its resources; *shared* are objects 3 on."""
    first = 3 + len(shared)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *shared,
    ]
    for number, (drawn, resources) in enumerate(pages):
        packed = zlib.compress(drawn)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
            f"/Contents {first + 2 * number + 1} 0 R /Resources ".encode()
            + resources
            + b" >>"
        )
        objects.append(
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
            + packed
            + b"\nendstream"
        )
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    )
    return body + end.encode()
