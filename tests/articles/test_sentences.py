import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.sentences import split_sentences

CASES = [
    # Plain prose.
    ("The bridge fell. Nobody was hurt.", ["The bridge fell.", "Nobody was hurt."]),
    ("Who came? Nobody! It was late.", ["Who came?", "Nobody!", "It was late."]),
    ("No stop at all", ["No stop at all"]),
    ("  \n A line\nwrapped once. Then more. \t", ["A line\nwrapped once.", "Then more."]),
    # Paragraphs end a sentence, with or without a stop.
    ("A heading\n\nA text. More\n \t\nLast", ["A heading", "A text.", "More", "Last"]),
    ("One by Gen.\r\n\r\nTwo", ["One by Gen.", "Two"]),
    # Abbreviations.
    ("The U.S. envoy met Gen. Ortu and COL. Bassi. They left.", None),
    ("Dr. Vell and Mr. Oda live in St. Orlo. The town is small.", None),
    ("She works in Washington, D.C. The office is new.", None),
    ("It is written in art. 6 and in No. 7 of vol. 2. Nobody read it.", None),
    ("Was it signed? No. It was burnt.", ["Was it signed?", "No.", "It was burnt."]),
    ("They came at 9 a.m. Monday, or at 5 p.m. Police waited.", None),
    ("Ships, e.g. Tankers, i.e. Old ones, left on Jan. 5. Others stayed.", None),
    ("The poet J. K. Arden and T.E. Vance spoke. A. Moor did not.", None),
    ("Plan B. The guards knew it.", ["Plan B.", "The guards knew it."]),
    ("Foo Inc. bought Bar Ltd. Oil, and so on. Done.", None),
    # Numbers and lists.
    ("It rose by 3.5 per cent. In 2021. 40 ships left.", None),
    ("1. First point. 2. Second point.", ["1. First point.", "2. Second point."]),
    # Ellipses.
    ("They waited… and waited. Then… They went.", ["They waited… and waited.", "Then…", "They went."]),
    ("It was told…. The next day came.", ["It was told….", "The next day came."]),
    ("… Ortu has not left. Bassi has...", ["… Ortu has not left.", "Bassi has..."]),
    ("There was a pool, a farm…There was more.", ["There was a pool, a farm…", "There was more."]),
    # Note and editors' marks belong to the sentence before.
    ("Pacts grow.[i] As it seems. [iv]\n\nNext.[12] Last.", None),
    ("Pacts grow.[ii]As it seems.", ["Pacts grow.[ii]", "As it seems."]),
    ("The Orlo [RG1] ’s crew left. [RG2] Then it sank.", None),
    ("He said so. [H]e left. The rest [t]hey kept.", None),
    # Quotes and brackets.
    ("“We won.” He left. (Nobody saw it.) So it ends.", None),
    ("‘Is it war?’ she asked. “Stop!” they cried.", ["‘Is it war?’ she asked.", "“Stop!” they cried."]),
    ('The "Go home." banner hung there. It fell.', None),
    # A missing space.
    ("They signed an alliance.This “Pact” holds.“It grows,” he said.", None),
    ("As in Orland.As noted, “we stay.”He left in 2023.The end.", None),
    ("The bloc is called ORLO.The name stuck.", ["The bloc is called ORLO.", "The name stuck."]),
    # Addresses.
    ("Read orlonews.com and Orlopost.org today. See https://a.example/b.C/d.Html?q=E.F. Then go.", None),
    ("Write to jan.Moor@orlo.example or www.Orlo.Example/a.B now.", None),
    # Other scripts.
    ("هل وصلوا؟ نعم وصلوا. ثم ذهبوا۔ انتهى", ["هل وصلوا؟", "نعم وصلوا.", "ثم ذهبوا۔", "انتهى"]),
    ("他们来了。她走了！“真的？”是的。", ["他们来了。", "她走了！", "“真的？”", "是的。"]),
    ("वह आया। वह गया॥ अंत", ["वह आया।", "वह गया॥", "अंत"]),
    ("Они пришли. Мы ушли.", ["Они пришли.", "Мы ушли."]),
    ("It hit Orlo. al-Farid wrote so.", ["It hit Orlo.", "al-Farid wrote so."]),
]
# How the cases without a list of their own are split: at the bar.
SPLIT = {
    "The U.S. envoy": "The U.S. envoy met Gen. Ortu and COL. Bassi.|They left.",
    "Dr. Vell": "Dr. Vell and Mr. Oda live in St. Orlo.|The town is small.",
    "She works": "She works in Washington, D.C.|The office is new.",
    "It is written": "It is written in art. 6 and in No. 7 of vol. 2.|Nobody read it.",
    "They came": "They came at 9 a.m. Monday, or at 5 p.m.|Police waited.",
    "Ships": "Ships, e.g. Tankers, i.e. Old ones, left on Jan. 5.|Others stayed.",
    "The poet": "The poet J. K. Arden and T.E. Vance spoke.|A. Moor did not.",
    "Foo Inc.": "Foo Inc. bought Bar Ltd. Oil, and so on.|Done.",
    "It rose": "It rose by 3.5 per cent.|In 2021.|40 ships left.",
    "Pacts grow.[i] ": "Pacts grow.[i]|As it seems. [iv]|Next.[12]|Last.",
    "The Orlo": "The Orlo [RG1] ’s crew left. [RG2]|Then it sank.",
    "He said so": "He said so.|[H]e left.|The rest [t]hey kept.",
    "“We won": "“We won.”|He left.|(Nobody saw it.)|So it ends.",
    'The "Go': 'The "Go home." banner hung there.|It fell.',
    "They signed": "They signed an alliance.|This “Pact” holds.|“It grows,” he said.",
    "As in": "As in Orland.|As noted, “we stay.”|He left in 2023.|The end.",
    "Read": "Read orlonews.com and Orlopost.org today.|See https://a.example/b.C/d.Html?q=E.F.|Then go.",
    "Write": "Write to jan.Moor@orlo.example or www.Orlo.Example/a.B now.",
}


def expected(text, sentences):
    if sentences is not None:
        return sentences
    return next(split for start, split in SPLIT.items() if text.startswith(start)).split("|")


@pytest.mark.parametrize(("text", "sentences"), CASES, ids=[text[:24] for text, _ in CASES])
def test_split_sentences_of_prose(text, sentences):
    assert [text[start:end] for start, end in split_sentences(text)] == expected(text, sentences)


@pytest.mark.parametrize("text", ["", "   ", "\n\n \n"])
def test_split_sentences_of_nothing_is_empty(text):
    assert split_sentences(text) == []


WORDS = (
    "The Orlo U.S. Gen. art. 6 3.5 e.g. a.m. J. fell . .. … … ? ! “ ” ' \" ( ) [ii] [RG1] [H]e \n \n\n \t "
    "https://a.b/c.D www.X.Y orlo.com 。 ！ ؟ ۔ । نعم 他 é \u2029 \r\n"
)
PIECES = st.sampled_from([*WORDS.split(" "), " "])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_split_sentences_covers_everything_once(text):
    spans = split_sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    "piece", [".", "a.B", ". ", "[i] ", ". [i]", "http://", ".”", "\n ", ". \n", "(", "…", ".\u00a0 "]
)
@pytest.mark.timeout(60)
def test_split_sentences_gets_through_a_long_run_of_stops(piece):
    """Quadratic time would take hours here, and the test's own limit would end it."""
    text = piece * 100_000
    spans = split_sentences(text)
    assert "".join(text[start:end] for start, end in spans).split() == text.split() or not text.split()
