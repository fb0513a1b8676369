import pytest

from articles.languages import guess_language


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("اجتماع وزراء الخارجية في القاهرة", "ar"),
        ("د افغانستان په لوېديځ کې زلزلې", "ps"),
        ("گفت‌وگوی وزیران خارجه در تهران", "fa"),
        ("وزیر اعظم نے کہا ہے کہ لڑائی", "ur"),
        ("Министр встретился с послом", "ru"),
        ("Міністр зустрівся з послом у Києві", "uk"),
        ("外交部長の会談", "ja"),
        ("外交部长会谈", "zh"),
        ("La ministre reçoit les ambassadeurs des pays du Golfe", "fr"),
        ("El ministro se reúne con los embajadores en la capital", "es"),
        ("Menteri bertemu dengan duta besar di Jakarta untuk membahas perdamaian", "id"),
        ("Vazir-e Kharejeh ba Safiran dar Tehran Goftogu Konad", "fa"),
    ],
)
def test_guess_language_of_translated_titles(title, language):
    assert guess_language(title, translated=True) == language


def test_guess_language_takes_an_untranslated_title_for_english():
    assert guess_language("Minister meets ambassadors", translated=False) == "en"


def test_guess_language_says_nothing_without_evidence():
    assert guess_language("Sardar Hushdar Jang", translated=True) == ""
    assert guess_language("2023", translated=True) == ""
