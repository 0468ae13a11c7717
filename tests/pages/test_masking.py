"""A card shows personal data only to who asks for it."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    from curation.sample import Sample
    from pages._parts.card import show_text

    sample = Sample("Write to ada@lovelace.org.", "ada@lovelace.org", "Call (212) 736-5000 now.")
    show_text(sample)
    show_text(sample)
    show_text(Sample("Name a colour.", output="Red"))


def test_personal_data_is_masked_and_can_be_shown():
    app = AppTest.from_function(page).run()
    assert not app.exception
    shown = [text.value for text in app.text]
    assert shown[:6] == [
        "Write to [e-mail].",
        "Write to ada@lovelace.org.",
        "[e-mail]",
        "ada@lovelace.org",
        "Call [phone] now.",
        "Call (212) 736-5000 now.",
    ]
    assert shown[12:] == ["Name a colour.", "Red"]
    assert len(app.get("popover")) == 6
