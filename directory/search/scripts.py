"""Names of other scripts in Latin letters, where a letter-by-letter table will do.

Cyrillic by BGN/PCGN without signs, Greek by ELOT 743, kana by Hepburn, Hangul by the Revised
Romanization; Chinese and Korean family names as their bearers write them. Arabic, Hebrew and
Devanagari have rooms of their own.
"""

import unicodedata

from directory.search import abjads, devanagari

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђѓѕјљњћќџ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
            "i",
            "yi",
            "ye",
            "g",
            "u",
            "dj",
            "gj",
            "dz",
            "j",
            "lj",
            "nj",
            "c",
            "kj",
            "dz",
        ],
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_LETTERS = {ord(letter): latin.replace("_", "") for letter, latin in (_CYRILLIC | _GREEK).items()}
_GREEK_PAIRS = (
    ("ου", "ου".replace("ο", "o").replace("υ", "u")), ("μπ", "b"), ("ντ", "nt"), ("γγ", "ng"),
    ("γκ", "gk"), ("αυ", "av"), ("ευ", "ev"),
)  # fmt: skip
_KANA_ROWS = """
あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso
ざza じji ずzu ぜze ぞzo たta ちchi つtsu てte とto だda ぢji づzu でde どdo
なna にni ぬnu ねne のno
はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo
やya ゆyu よyo らra りri るru れre ろro わwa をo んn
"""
_KANA = {each[0]: each[1:] for each in _KANA_ROWS.split()}
_INITIALS = [
    "g",
    "kk",
    "n",
    "d",
    "tt",
    "r",
    "m",
    "b",
    "pp",
    "s",
    "ss",
    "_",
    "j",
    "jj",
    "ch",
    "k",
    "t",
    "p",
    "h",
]
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = [
    "_",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_FAMILIES = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho",
    "윤": "yoon", "장": "jang", "임": "lim", "한": "han", "오": "oh", "서": "seo", "신": "shin",
    "권": "kwon", "황": "hwang", "안": "ahn", "송": "song", "류": "ryu", "홍": "hong",
    "王": "wang", "李": "li", "张": "zhang", "張": "zhang", "刘": "liu", "劉": "liu", "陈": "chen",
    "陳": "chen", "杨": "yang", "楊": "yang", "黄": "huang", "黃": "huang", "赵": "zhao",
    "趙": "zhao", "吴": "wu", "吳": "wu", "周": "zhou", "徐": "xu", "孙": "sun", "孫": "sun",
    "马": "ma", "馬": "ma", "朱": "zhu", "胡": "hu", "郭": "guo", "何": "he", "高": "gao",
    "林": "lin", "罗": "luo", "羅": "luo", "郑": "zheng", "鄭": "zheng", "梁": "liang",
    "谢": "xie", "謝": "xie", "宋": "song", "唐": "tang", "许": "xu", "許": "xu", "韩": "han",
    "冯": "feng", "邓": "deng", "曹": "cao", "彭": "peng", "曾": "zeng", "蔡": "cai", "潘": "pan",
}  # fmt: skip


def in_latin(text: str) -> str:
    """The text in Latin letters, as far as its scripts can be written so; the rest as it is."""
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(_word(word) for word in text.split())


def _word(word: str) -> str:
    if word in _FAMILIES:
        return _FAMILIES[word]
    if any("\u3041" <= letter <= "\u30ff" for letter in word):
        return _kana(word)
    if any("\u0600" <= letter <= "\u06ff" for letter in word):
        return abjads.arabic(word)
    if any("\u05d0" <= letter <= "\u05ea" for letter in word):
        return abjads.hebrew(word)
    if any("\u0900" <= letter <= "\u097f" for letter in word):
        return devanagari.in_latin(word)
    if any("가" <= letter <= "힣" for letter in word):
        return "".join(_syllable(letter) for letter in word)
    plain = "".join(
        each
        for each in unicodedata.normalize("NFD", word.replace("й", "\ue000").replace("ё", "е"))
        if not unicodedata.combining(each)
    ).replace("\ue000", "й")
    for pair, latin in _GREEK_PAIRS:
        plain = plain.replace(pair, latin)
    return plain.translate(_LETTERS)


def _syllable(letter: str) -> str:
    place = ord(letter) - ord("가")
    if not 0 <= place < 11172:
        return letter
    parts = (
        _INITIALS[place // 588], _VOWELS[place % 588 // 28], _FINALS[place % 28],
    )  # fmt: skip
    return "".join(parts).replace("_", "")


def _kana(word: str) -> str:
    # Katakana stands 0x60 behind hiragana.
    plain = "".join(
        chr(ord(each) - 0x60) if "\u30a1" <= each <= "\u30f6" else each for each in word
    )
    latin = ""
    for each in plain:
        if each in "ゃゅょ" and latin.endswith("i"):
            stem = latin[:-1]
            latin = (
                stem
                + ("" if stem.endswith(("sh", "ch", "j")) else "y")
                + "auo"["ゃゅょ".index(each)]
            )
        elif each == "っ":
            latin += "\ue000"  # doubles what follows
        elif each != "ー":
            latin += _KANA.get(each, each)
    while (place := latin.find("\ue000")) >= 0:
        latin = latin[:place] + latin[place + 1 : place + 2] + latin[place + 1 :]
    return latin
