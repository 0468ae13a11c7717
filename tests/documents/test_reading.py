"""Documents: what is read, and what hostile files come to."""

import gzip
import io
import logging
import pickle
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from curation.documents import SUFFIXES, Block, read_documents
from curation.documents import caps as caps_
from curation.documents.html import Reading
from curation.errors import BadFile
from curation.sample import Refusal


def written(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def blocks(tmp_path, name, data):
    (document,) = read_documents(written(tmp_path, name, data))
    assert document.name == name
    return list(document.blocks)


def pdf(pages, password=""):
    """A PDF with these lines on its pages."""
    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = writer._add_object(DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()}))
    fonts = DictionaryObject({NameObject("/F1"): font})
    for lines in pages:
        page, stream = writer.add_blank_page(600, 800), StreamObject()
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream.set_data(f"BT /F1 12 Tf 14 TL 50 780 Td {shown} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_text_is_read_in_paragraphs(tmp_path):
    found = blocks(tmp_path, "a.txt", "\ufeffOne\r\nline.\r\n\r\n \r\nTwo https://a.example/b.\n")
    assert [block.text for block in found] == ["One\nline.", "Two https://a.example/b."]
    assert [block.linked for block in found] == [0, 20]


def test_markdown_has_headings_whole_code_and_no_front_matter(tmp_path):
    text = "---\ntitle: x\n---\n# Bees #\nThey fly.\n\n```py\na = 1\n\n# no heading\n```\n\n[a](http://b.example)"
    found = blocks(tmp_path, "a.md", text)
    assert [(block.text, block.heading) for block in found] == [
        ("Bees", True),
        ("They fly.", False),
        ("```py\na = 1\n\n# no heading\n```", False),
        ("[a](http://b.example)", False),
    ]
    assert found[-1].linked == len(found[-1].text)


def test_html_gives_what_is_said_and_not_what_leads_elsewhere(tmp_path):
    page = """<html><head><title>x</title><style>p {}</style></head><body><nav><a href=/>Home</a></nav>
    <h1>Bees &amp; <i>us</i></h1><p>They
      fly<br>far. <a href=/more>More</a><ul><li>one<li>two</ul>
    <table><tr><td>1<td>2</table><pre>a\n  b</pre><script>if (1 < 2) alert()</script><footer>Imprint</footer>"""
    found = blocks(tmp_path, "a.html", page)
    assert [block.text for block in found] == ["Bees & us", "They fly\nfar. More", "- one\n- two", "1 | 2", "a\n  b"]
    assert (found[0].heading, found[1].linked) == (True, 4)


def test_html_in_another_encoding_says_so_itself(tmp_path):
    assert blocks(tmp_path, "a.html", "<meta charset=latin1><p>café".encode("latin1"))[0].text == "café"


def test_lines_of_json_are_documents_and_bad_ones_are_refused_with_their_line(tmp_path):
    path = written(tmp_path, "a.jsonl", '{"text": "Bees."}\n\nnope\n{"text": 3}\n{"content": "Wasps."}\n["x"]\n')
    found = list(read_documents(path))
    assert [one.name for one in found if not isinstance(one, Refusal)] == ["a.jsonl, line 1", "a.jsonl, line 5"]
    assert [one.place for one in found if isinstance(one, Refusal)] == [f"a.jsonl, line {n}" for n in (3, 4, 6)]


def test_a_pdf_loses_its_running_heads_and_gets_its_words_back(tmp_path):
    said = [
        "Bees make honey in sum-",
        "mer and sleep when it is cold.",
        "Wasps do not.",
        "They die, all but the queen.",
    ]
    pages = [["My handbook", f"1.{n} Part", "2 BEES", *said, f"Page {n}"] for n in range(3)]
    found = blocks(tmp_path, "a.pdf", pdf(pages))
    texts = [block.text for block in found]
    assert "Bees make honey in summer and sleep when it is cold." in " ".join(texts)
    assert "handbook" not in " ".join(texts)
    assert "Page" not in " ".join(texts)
    assert [block.heading for block in found if block.text == "2 BEES"] == [True] * 3


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 10_000_000)
    return out.getvalue()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "data",
    [pickle.dumps({"a": list(range(300))}), bomb(), gzip.compress(b"a" * 10**7), b" \n ", b"\xff\xfe\x00a", b"\x80"],
    ids=["pickle", "zip", "gzip", "empty", "utf-16", "not utf-8"],
)
def test_what_is_no_document_is_refused_under_any_name(tmp_path, suffix, data):
    """T11, T12: a name proves nothing."""
    path = written(tmp_path, f"a{suffix}", data)
    if data == b"\x80" and suffix in {".html", ".htm", ".xhtml"}:
        return  # an older encoding has a sign for it
    with pytest.raises(BadFile, match=f"a{suffix}"):
        list(read_documents(path))


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"%PDF-1.7 and nothing more", "damaged"),
        (pdf([["Bees."]])[:400], "damaged"),
        (pdf([["Bees."]], "secret"), "encrypted"),
        (pdf([[]]), "scan"),
        (pdf([["x" * (9 * 1024**2)]]), "damaged, or built to be .Limit"),
    ],
    ids=["garbage", "cut", "encrypted", "no text", "bomb"],
)
def test_a_pdf_that_cannot_be_read_says_why(tmp_path, data, match):
    """T12."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with pytest.raises(BadFile, match=match):
        list(read_documents(written(tmp_path, "a.pdf", data)))


def test_a_pdf_that_unpacks_to_too_much_in_many_pages_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("curation.documents.pdf.MAX_UNPACKED", 3000)
    with pytest.raises(BadFile, match="cap on unpacked bytes"):
        list(read_documents(written(tmp_path, "a.pdf", pdf([["bees " * 200]] * 5))))
    monkeypatch.setattr("curation.documents.pdf.MAX_PAGES", 4)
    with pytest.raises(BadFile, match="cap on pages"):
        list(read_documents(written(tmp_path, "b.pdf", pdf([["a"]] * 5))))


@pytest.mark.parametrize("piece", ["<div>", "<b><i>", "<a ", "<", "<!--", "<table><tr><td>", "</p>", "<script>"])
def test_html_nested_a_hundred_thousand_times_takes_no_longer(tmp_path, piece):
    """T12: there is no tree to be deep."""
    list(read_documents(written(tmp_path, "a.html", f"<p>Bees.</p>{piece * 100_000}x")))


def test_a_file_over_the_cap_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(caps_, "MAX_BYTES", 10)
    with pytest.raises(BadFile, match="cap on bytes"):
        list(read_documents(written(tmp_path, "a.txt", "a" * 11)))


def test_a_folder_is_read_in_order_and_a_bad_file_does_not_stop_it(tmp_path):
    folder = tmp_path / "docs"
    (folder / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    written(folder, "b.txt", "Wasps.")
    written(folder, "a.pdf", b"no pdf")
    written(folder / "deep", "c.jsonl", '{"text": "Ants."}')
    written(folder, "picture.png", b"\x89PNG")
    written(folder / ".git", "d.txt", "hidden")
    written(tmp_path, "outside.txt", "secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    found = list(read_documents(folder))
    names = [one.place if isinstance(one, Refusal) else one.name for one in found]
    assert names == ["a.pdf", "b.txt", "deep/c.jsonl, line 1", "picture.png"]
    assert [isinstance(one, Refusal) for one in found] == [True, False, False, True]


@pytest.mark.parametrize("name", ["nothing", "a.docx", "empty"])
def test_what_is_not_there_or_not_read_is_said(tmp_path, name):
    written(tmp_path, "a.docx", b"PK")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadFile, match=name):
        list(read_documents(tmp_path / name))


@given(st.lists(st.tuples(st.sampled_from(["start", "end", "data"]), st.sampled_from(["p", "a", "nav", "li", "pre"]))))
def test_no_order_of_events_is_too_odd(events):
    reading = Reading()
    for kind, what in events:
        reading.start(what, {}) if kind == "start" else getattr(reading, kind)(what)
    for block in reading.close():
        assert isinstance(block, Block)
        assert block.text == block.text.strip() != ""
        assert 0 <= block.linked <= len(block.text)
