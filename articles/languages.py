"""Which language a title is in: told by its script, by a script's own letters, or by common words."""

from __future__ import annotations

import re
import unicodedata

# Scripts that one language uses far more than any other, by the first word of their letters' names.
_SCRIPTS = {
    "ARABIC": "ar", "CYRILLIC": "ru", "HEBREW": "he", "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "DEVANAGARI": "hi",
    "BENGALI": "bn", "ETHIOPIC": "am", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "MYANMAR": "my", "KHMER": "km", "LAO": "lo",
    "TIBETAN": "bo", "MONGOLIAN": "mn", "THAANA": "dv",
}  # fmt: skip

# Letters that tell a language from its script's usual one. Of two that fit, the first is taken, so the
# letters that several languages share come last.
_OWN_LETTERS = {
    "ARABIC": (
        ("ps", "ټډړږښګڼځڅۍ"), ("ug", "ۇۈۋڭ"), ("ku", "ڕڵۆێە"), ("ur", "ٹڈڑںے"), ("ps", "ې"), ("ar", "ة"),
        ("fa", "پچژگکی"),
    ),
    "CYRILLIC": (
        ("uk", "іїєґ"), ("be", "ў"), ("sr", "ђљњћџј"), ("kk", "әғқңұһ"), ("tg", "ҷҳӣӯ"), ("ru", "ыэё"),
    ),
}  # fmt: skip

# Words that are frequent in headlines. A language counts with two different ones and more than any other.
_WORDS = {
    "en": "the of and in to for on with as at by from is are its after over amid against will has new says",
    "fr": "le la les des du et une dans pour sur avec au aux en est sont contre après plusieurs pas qui",
    "es": "el los las del y una en para por con que se su sobre tras contra fue es dice la de",
    "pt": "o os as do da dos das em uma para por com que não no na ao sobre após contra são",
    "it": "il lo gli della dei delle di e una per con che sul nel nella dopo contro non alla dal",
    "de": "der die das und ein eine für mit auf von im den dem zu nach gegen ist nicht über bei wird",
    "nl": "de het een en van voor met op in naar tegen bij niet uit over zijn wordt",
    "id": "di dan yang dari untuk dengan pada ini itu mereka akan oleh tidak dalam warga polisi ke jadi",
    "tr": "ve bir için ile bu da de olarak karşı sonra yeni oldu dedi göre kadar türkiye",
    "sw": "ya wa na kwa katika za la kuhusu baada watu serikali",
    "so": "iyo oo ka ku soo ee waxaa lagu dowladda ciidamada",
    "pl": "w i na z do się nie o od po dla przez jest po przeciw",
    "ro": "și în la cu din pe pentru o un care după despre este",
    # Persian as it is transliterated.
    "fa": "ra va az dar ba be beh baraye bayad ast konad mikonad shod khahad darand ma ta",
}
_VOCABULARY = {language: frozenset(words.split()) for language, words in _WORDS.items()}
# The linking vowel of transliterated Persian ("Niru-ye Daryayi") is as good as a word of its own.
_PERSIAN_LINK = re.compile(r"\w{2}-(?:ye|e)\b")
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2


def guess_language(title: str, *, translated: bool) -> str:
    """Guess the language of a source's title.

    Parameters
    ----------
    title : str
        As published.
    translated : bool
        Whether the digest gives an English translation: then the title is not taken for English.

    Returns
    -------
    str
        ISO 639-1 code; empty where there is no sufficient evidence.
    """
    script = _main_script(title)
    if script == "LATIN":
        return _guess_latin(title, translated=translated)
    if script == "CJK" and re.search(r"[\u3040-\u30ff]", title):
        return "ja"
    for language, letters in _OWN_LETTERS.get(script, ()):
        if any(letter in title.lower() for letter in letters):
            return language
    return _SCRIPTS.get(script, "")


def _main_script(text: str) -> str:
    """Return the script of most letters, as Unicode's names of letters begin; empty: no letters."""
    counts: dict[str, int] = {}
    for letter in filter(str.isalpha, text):
        script = unicodedata.name(letter, "").partition(" ")[0]
        counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.__getitem__, default="")


def _guess_latin(title: str, *, translated: bool) -> str:
    words = {word.lower() for word in _WORD.findall(title)}
    scores = {language: len(words & vocabulary) for language, vocabulary in _VOCABULARY.items()}
    scores["fa"] += len(_PERSIAN_LINK.findall(title.lower()))
    if translated:
        del scores["en"]
    first, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    if scores[first] >= _ENOUGH and scores[first] > scores[second]:
        return first
    # A digest translates every title that is not English.
    return "" if translated else "en"
