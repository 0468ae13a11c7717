"""Whether a text is in the language that was asked for, by py3langid."""

from functools import lru_cache
from typing import TYPE_CHECKING

from curation.generators.fault import Fault, quoted

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_TABLE = """
afrikaans=af albanian=sq amharic=am arabic=ar armenian=hy azerbaijani=az basque=eu belarusian=be bengali=bn
bosnian=bs bulgarian=bg catalan=ca chinese=zh croatian=hr czech=cs danish=da dutch=nl english=en esperanto=eo
estonian=et finnish=fi french=fr galician=gl georgian=ka german=de greek=el gujarati=gu hebrew=he hindi=hi
hungarian=hu icelandic=is indonesian=id irish=ga italian=it japanese=ja javanese=jv kannada=kn kazakh=kk khmer=km
korean=ko lao=lo latin=la latvian=lv lithuanian=lt macedonian=mk malay=ms malayalam=ml maltese=mt marathi=mr
mongolian=mn nepali=ne norwegian=no persian=fa polish=pl portuguese=pt punjabi=pa romanian=ro russian=ru serbian=sr
sinhala=si slovak=sk slovenian=sl spanish=es swahili=sw swedish=sv tagalog=tl tamil=ta telugu=te thai=th turkish=tr
ukrainian=uk urdu=ur vietnamese=vi welsh=cy xhosa=xh zulu=zu
"""
CODES = dict(pair.split("=") for pair in _TABLE.split())
"""Names of languages → ISO 639-1."""
_ALIKE = tuple(frozenset(group.split()) for group in ("da nb nn no sv", "bs hr sl sr", "gl pt es", "id jv ms", "af nl"))
"""Languages that are taken for one another on short texts."""
_LETTERS = 20
"""Fewest letters that can be told; a wide one (Chinese, Japanese, Korean) counts as three."""
_LEAST = 0.1
"""Probability of the language wanted, and those like it, below which a text is in another one."""
_LOOKED_AT = 400
_FIRST_WIDE = "\u2e80"


def code_of(language: str) -> str:
    """The code of a language by its English name, "" where it is not known; of several words the last one counts.

    >>> code_of("Brazilian Portuguese"), code_of("Klingon")
    ('pt', '')
    """
    return CODES.get(language.strip().lower().rpartition(" ")[2], "")


def other_language(what: str, text: str, language: str) -> Fault | None:
    """A fault where a text is hardly in this language; None also where it is too short to tell.

    >>> other_language("answer", "Nenne drei Farben und erkläre, woher sie kommen.", "German") is None
    True
    """
    if sum(3 if letter >= _FIRST_WIDE else 1 for letter in text[:_LOOKED_AT] if letter.isalpha()) < _LETTERS:
        return None
    ranked = _identifier().rank(text[:_LOOKED_AT])
    code = code_of(language)
    accepted = frozenset({code}).union(*(group for group in _ALIKE if code in group))
    share = sum(float(share) for found, share in ranked if found in accepted)
    if share >= _LEAST:
        return None
    reason = f"the {what} looks like {ranked[0][0]}, not like {language} ({share:.0%} probable): {quoted(text)}"
    return Fault("other language", reason)


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
