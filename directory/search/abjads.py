"""Arabic and Hebrew names in Latin letters.

Both scripts leave short vowels out, so frequent names stand in a table as their bearers mostly
write them; any other is spelt letter by letter, which the search's tolerance for typos helps.
"""

import unicodedata

_ARABIC_NAMES = """
محمد mohammed؛ احمد ahmed؛ محمود mahmoud؛ مصطفي mustafa؛ علي ali؛ عمر omar؛ عثمان othman؛
حسن hassan؛ حسين hussein؛ خالد khaled؛ يوسف youssef؛ ابراهيم ibrahim؛ اسماعيل ismail؛
عبدالله abdullah؛ عبد abdul؛ عبدالرحمن abdulrahman؛ سعيد saeed؛ سالم salem؛
سليمان suleiman؛ طارق tariq؛ كريم karim؛ جمال jamal؛ كمال kamal؛ نبيل nabil؛ رشيد rashid؛
ماجد majed؛ فهد fahad؛ فيصل faisal؛ سلطان sultan؛ ناصر nasser؛ منصور mansour؛ بدر badr؛
زياد ziad؛ رامي rami؛ سامي sami؛ هشام hisham؛ وليد walid؛ ياسر yasser؛ انس anas؛
ايمن ayman؛ امين amin؛ فاطمه fatima؛ عائشه aisha؛ عايشه aisha؛ خديجه khadija؛ مريم maryam؛
زينب zainab؛ ليلي layla؛ نوره noura؛ نور nour؛ ساره sara؛ هدي huda؛ امل amal؛ رانيا rania؛
دينا dina؛ ريم reem؛ سلمي salma؛ ياسمين yasmin؛ سعاد suad؛ هند hind؛ مني mona؛ لينا lina؛
حنان hanan؛ بشري bushra؛ هاشمي hashimi؛ منصوري mansouri؛ شمري shammari؛ قحطاني qahtani؛
عتيبي otaibi؛ غامدي ghamdi؛ زهراني zahrani؛ حربي harbi؛ خطيب khatib؛ حداد haddad؛
خوري khoury؛ نجار najjar؛ صالح saleh؛ عيسي issa؛ مراد murad؛ مكتوم maktoum؛ نهيان nahyan؛
سعود saud؛ حسيني husseini؛ مصري masri؛ شامي shami؛ بغدادي baghdadi؛ الله allah
"""
_HEBREW_NAMES = """
דוד david; משה moshe; יוסף yosef; יעקב yaakov; אברהם avraham; יצחק yitzhak; שלמה shlomo;
דניאל daniel; מיכאל michael; יונתן yonatan; איתן eitan; נועם noam; אורי uri; עומר omer;
רון ron; גיל gil; שרה sarah; רחל rachel; לאה leah; רבקה rivka; מרים miriam; חנה hannah;
אסתר esther; יעל yael; נועה noa; נעה noa; תמר tamar; מיכל michal; שירה shira; כהן cohen;
לוי levi; מזרחי mizrahi; פרץ peretz; ביטון biton; דהן dahan; פרידמן friedman;
שפירא shapira; גולדברג goldberg; כץ katz; רוזן rosen; ברק barak; בן ben; בר bar; אבי avi;
אריה arie; עמית amit; טל tal; ליאור lior; אלון alon; נתן natan; שמעון shimon
"""
_ARABIC = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
        "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "",
        "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u",
        "ي": "i", "ء": "", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g",
    }
)  # fmt: skip
_HEBREW = str.maketrans(
    {
        "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "o", "ז": "z", "ח": "h", "ט": "t",
        "י": "i", "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s",
        "ע": "", "פ": "p", "ף": "f", "צ": "tz", "ץ": "tz", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
    }
)  # fmt: skip
_FIRST = {"ع": "a", "و": "w", "ي": "y", "ע": "a", "ו": "v", "י": "y"}
_PERSIAN = str.maketrans({"ی": "ي", "ک": "ك", "ى": "ي", "ة": "ه", "ـ": "", "أ": "ا", "إ": "ا",
                          "آ": "ا", "ئ": "ي", "ؤ": "و"})  # fmt: skip
_SHADDA = "\u0651"  # doubles the letter before it
_ARTICLE = "ال"


def _table(text: str, separator: str) -> dict[str, str]:
    pairs = (each.split() for each in " ".join(text.split()).split(separator))
    return {each[0]: each[1] for each in pairs}


_ARABIC_TABLE = _table(_ARABIC_NAMES, "؛")
_HEBREW_TABLE = _table(_HEBREW_NAMES, ";")


def arabic(word: str) -> str:
    """A word in Latin letters; an article becomes a word of its own, as in al hassan."""
    bare = _bare(word).translate(_PERSIAN)
    if bare in _ARABIC_TABLE:
        return _ARABIC_TABLE[bare]
    if bare.startswith(_ARTICLE) and len(bare) > len(_ARTICLE) + 1:
        return f"al {arabic(unicodedata.normalize('NFC', word)[len(_ARTICLE) :])}"
    spelt = unicodedata.normalize("NFC", word).translate(_PERSIAN)
    doubled = "".join(
        spelt[place - 1] if sign == _SHADDA and place else sign for place, sign in enumerate(spelt)
    )
    plain = _bare(doubled)
    ends_in_a = bool(word) and unicodedata.normalize("NFC", word)[-1] in "ةى"
    head = plain[:-1] if ends_in_a else plain
    return _begun(head).translate(_ARABIC) + ("a" if ends_in_a else "")


def hebrew(word: str) -> str:
    """A word in Latin letters."""
    bare = _bare(word)
    if bare in _HEBREW_TABLE:
        return _HEBREW_TABLE[bare]
    ends_in_a = len(bare) > 1 and bare.endswith("ה")
    return _begun(bare[:-1] if ends_in_a else bare).translate(_HEBREW) + ("a" if ends_in_a else "")


def _begun(word: str) -> str:
    """The word, with the first letter written as it is spoken there."""
    return _FIRST.get(word[:1], word[:1]) + word[1:]


def _bare(word: str) -> str:
    """The word without points and vowel signs."""
    composed = unicodedata.normalize("NFC", word)
    return "".join(sign for sign in composed if not unicodedata.combining(sign))
