import re

import pytest

from articles.model import Article, Source, ThemeMatch
from articles.sentences import split_sentences
from articles.summary import LONGEST, SHORTEST, summarise

LEAD = "Orlo and Vesk signed a defence pact in Port Marin on 3 May 2021, ending ten years of enmity.[i]"
FILLER = [
    "The weather in the hills was mild, and shops stayed open until late in the evening.",
    "However, few of them expected that anything would come of such talks.",
    "This was noted by many who had followed them from the beginning.",
    "It remains to be seen whether anyone will keep to what they promised.",
    "According to an excerpted article, many people like their morning coffee strong.",
    "Would they ever have agreed without any pressure from their neighbours?",
]
CORE = (
    "President Ana Torvald of Orlo promised Vesk 40 patrol boats [RG1] and two radar stations on Cape Sund."
)
TAIL = "The Vesk [RG2] ’s parliament must approve the defence pact by 1 July 2021, said Minister Kor Halden."
BODY = " ".join([LEAD, *FILLER[:3], CORE, *FILLER[3:], TAIL])


def plain(text):
    return re.sub(r" ?\[(?:i|RG\d)\](?: (?=’s))?", "", text)


def test_summarise_takes_who_did_what_where_in_the_texts_order():
    article = Article(title="Orlo and Vesk sign a defence pact", body=BODY)
    assert summarise(article) == " ".join(map(plain, [LEAD, CORE, TAIL]))


def test_summarise_gives_whole_sentences_without_marks():
    summary = summarise(Article(title="Orlo and Vesk sign a defence pact", body=BODY))
    assert "[" not in summary
    sentences = [plain(BODY)[start:end] for start, end in split_sentences(plain(BODY))]
    taken = [summary[start:end] for start, end in split_sentences(summary)]
    assert 2 <= len(taken) <= 3
    assert [sentence for sentence in sentences if sentence in taken] == taken
    assert SHORTEST <= len(summary) <= LONGEST


@pytest.mark.parametrize("sentence", FILLER[1:])
def test_summarise_avoids_what_cannot_stand_alone(sentence):
    assert sentence not in summarise(Article(title="Orlo and Vesk sign a defence pact", body=BODY))


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (
            "He promised Vesk 40 boats, 3 stations on Cape Sund and 9 tugs from Marin by 1 July 2021.",
            "The council of the town met in the old hall and spoke about its plans for the spring.",
        ),
        (
            "Whether Orlo and Vesk signed the pact in Port Marin on 3 May 2021 remains to be seen.",
            "In the hall of Port Marin, Orlo and Vesk signed the pact on the evening of 3 May 2021.",
        ),
        (
            "As per the excerpted article, Orlo and Vesk signed the pact in Port Marin on 3 May 2021.",
            "In the hall of Port Marin, Orlo and Vesk signed the pact on the evening of 3 May 2021.",
        ),
        (
            "The second excerpt tells how Orlo and Vesk signed the pact in Port Marin on 3 May 2021.",
            "In the hall of Port Marin, Orlo and Vesk signed the pact on the evening of 3 May 2021.",
        ),
        (
            "Did Orlo and Vesk sign the pact with their 40 guests in Port Marin on 3 May 2021?",
            "In the hall of Port Marin, Orlo and Vesk signed the pact on the evening of 3 May 2021.",
        ),
    ],
)
def test_summarise_prefers_what_says_something_by_itself(worse, better):
    assert summarise(Article(title="Orlo and Vesk", body=f"{worse} {better}"), sentences=1) == better


def test_summarise_keeps_a_leaning_sentence_beside_the_one_it_leans_on():
    body = "Orlo fired Admiral Vane on 3 May 2021 after the loss of two ships off Sund. He denied all guilt."
    assert summarise(Article(title="Orlo fires Admiral Vane", body=body)) == body


def test_summarise_does_not_cut_a_quotation_in_half():
    body = (
        "Ana Torvald of Orlo spoke in Port Marin on 3 May 2021 of the defence pact with Vesk. "
        "“Orlo and Vesk signed the defence pact in Port Marin. We are glad,” said Kor Halden of Vesk. "
        "Vesk will lease Cape Sund to Orlo until 2031 under the defence pact, for 40 million crowns."
    )
    summary = summarise(Article(title="Orlo and Vesk sign a defence pact", body=body))
    assert summary.count("“") == summary.count("”")
    assert "Cape Sund" in summary


def test_summarise_uses_the_words_that_decided_the_themes():
    third = "In Keld the council met on 5 May and spoke for long about a new roof for the market hall."
    first = "In Marin the council met on 3 May and spoke for long about dogs, cats and hens in gardens."
    second = "In Sund the council met on 4 May and spoke for long about ransomware and hackers abroad."
    body = " ".join([third, second, first])
    plainly = summarise(Article(title="Orlo", body=body), sentences=1)
    themed = Article(title="Orlo", body=body, themes=(ThemeMatch("cyber", ("ransomware", "hackers")),))
    assert plainly == third
    assert summarise(themed, sentences=1) == second


def test_summarise_takes_excerpts_where_there_is_no_body():
    excerpts = [Source(excerpt=plain(LEAD)), Source(), Source(excerpt=plain(TAIL))]
    summary = summarise(Article(title="Orlo", sources=tuple(excerpts)))
    assert summary == plain(LEAD) + " " + plain(TAIL)


@pytest.mark.parametrize("body", ["", "[ii]", "…", "12. 14."])
def test_summarise_of_a_title_alone_is_empty(body):
    assert summarise(Article(title="Orlo and Vesk sign a defence pact", body=body)) == ""


def test_summarise_of_one_sentence_is_that_sentence():
    assert summarise(Article(title="Orlo", body=LEAD)) == plain(LEAD)


@pytest.mark.parametrize(("most", "fewest"), [(0, 0), (1, 1), (2, 2), (5, 2)])
def test_summarise_takes_as_many_as_asked(most, fewest):
    summary = summarise(Article(title="Orlo and Vesk", body=BODY), sentences=most)
    assert fewest <= len(split_sentences(summary)) <= most


def test_summarise_is_no_slower_and_no_longer_for_an_endless_text():
    assert summarise(Article(title="Orlo", body="word " * 2_000_000)) == ""
    endless = "Nothing more happened. " * 500_000
    long = summarise(Article(title=plain(CORE), body=f"{plain(LEAD)}\n\n{endless}\n\n{CORE} So it ended."))
    assert plain(LEAD) in long
    assert plain(CORE) not in long
    assert len(long) <= LONGEST


def test_summarise_reads_other_scripts():
    body = "وقعت أورلو اتفاق دفاع مع فيسك في ميناء مارين. وقال الوزير إن البرلمان سيصوت عليه في يوليو."
    assert summarise(Article(title="أورلو وفيسك", body=body, language="ar")) == body
