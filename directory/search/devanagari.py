"""Devanagari in Latin letters, as names of Hindi, Marathi and Nepali are mostly written."""

import re
import unicodedata

_ROWS = """
कk खkh गg घgh ङn चch छchh जj झjh ञn टt ठth डd ढdh णn तt थth दd धdh नn पp फph बb भbh मm यy रr लl वv
शsh षsh सs हh ळl
"""
_CONSONANTS = {each[0]: each[1:] for each in _ROWS.split()}
_DOTTED = {"क": "q", "ख": "kh", "ग": "g", "ज": "z", "ड": "r", "ढ": "rh", "फ": "f"}
_VOWELS = {each[0]: each[1:] for each in "अa आa इi ईi उu ऊu ऋri एe ऐai ओo औau".split()}  # noqa: SIM905
_SIGNS = {"ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "ai",
          "ो": "o", "ौ": "au"}  # fmt: skip
_OTHERS = {"ं": "n", "ँ": "n", "ः": "h", "ऽ": ""}
_NUKTA, _VIRAMA = "़", "्"
_UNSAID = "\ue000"  # the vowel of a consonant that no sign says
_VOWEL, _NO_VOWEL = f"[aeiou{_UNSAID}]", f"[^aeiou{_UNSAID}]+"
_MEDIAL = re.compile(rf"(?<={_VOWEL})({_NO_VOWEL}){_UNSAID}(?={_NO_VOWEL}[aeiou])")


def in_latin(word: str) -> str:
    """The word with vowels where they are spoken: मनमोहन is manmohan, शर्मा is sharma."""
    latin = ""
    signs = unicodedata.normalize("NFD", word)
    for place, sign in enumerate(signs):
        following = signs[place + 1 : place + 3]
        if sign in _CONSONANTS:
            dotted = following[:1] == _NUKTA
            latin += _DOTTED.get(sign, _CONSONANTS[sign]) if dotted else _CONSONANTS[sign]
            after = following[1:2] if dotted else following[:1]
            if after != _VIRAMA and after not in _SIGNS:
                latin += _UNSAID
        elif sign not in (_NUKTA, _VIRAMA):
            latin += _VOWELS.get(sign) or _SIGNS.get(sign) or _OTHERS.get(sign, sign)
    if len(latin) > 2:
        latin = latin.removesuffix(_UNSAID)
    return _MEDIAL.sub(r"\1", latin).replace(_UNSAID, "a")
