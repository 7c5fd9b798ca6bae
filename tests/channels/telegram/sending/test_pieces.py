"""What a reply becomes on Telegram: as few messages as hold it, in its order."""

from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.callback import options_of
from channels.telegram.sending.pieces import (
    Album,
    Card,
    How,
    Piece,
    Place,
    Say,
    Show,
    messages_in,
    pieces,
)
from channels.telegram.sending.words import Mark, Style, Words, units
from core.ids import ArticleId, MediaId, MessageId
from core.message import (
    ArticleCard,
    Attachment,
    Buttons,
    Choice,
    Location,
    Option,
    Part,
    Quoted,
    SharedContact,
    Text,
)


def cut(*parts: Part) -> list[Piece]:
    return pieces(
        parts, lambda article, language: f"https://help.example/{language}/{article}", lambda: "Choose:"
    )


def a_file(name: str = "a.pdf", media_type: str = "application/pdf", *, size: int = 9) -> Attachment:
    return Attachment(MediaId(name), name, media_type, size, inline=media_type.startswith("image/"))


def a_photo(name: str = "a.jpg", *, size: int = 9) -> Attachment:
    return a_file(name, "image/jpeg", size=size)


def buttons(*labels: str) -> Buttons:
    return Buttons(tuple(Option(label, label, f"/{label}") for label in labels))


def card(title: str = "Returns") -> ArticleCard:
    return ArticleCard(ArticleId("r1"), "en", title, "Within 30 days.")


def test_a_text_is_one_message() -> None:
    assert cut(Text("Hi")) == [Say(Words("Hi"))]


def test_nothing_to_say_is_no_message() -> None:
    assert cut(Text(" \n")) == []
    assert cut(Quoted("what they said")) == []


def test_a_card_is_its_title_in_bold_its_text_and_its_address() -> None:
    text = "Returns\nWithin 30 days.\nhttps://help.example/en/r1"
    assert cut(card()) == [Say(Words(text, (Mark(0, 7, Style.BOLD),)), preview=False)]


def test_a_text_and_cards_are_one_message_with_the_buttons_below() -> None:
    (piece,) = cut(Text("Is it this?"), card(), card("Refunds"), buttons("Yes", "No"))
    assert isinstance(piece, Say)
    assert [piece.words.text[mark.start : mark.end] for mark in piece.words.marks] == ["Returns", "Refunds"]
    assert [[button.label for button in row] for row in piece.rows] == [["Yes", "No"]]


def test_long_texts_are_cut_and_the_buttons_hang_on_the_last_piece() -> None:
    several = cut(Text("word " * 2000), buttons("Yes"))
    assert [isinstance(piece, Say) and bool(piece.rows) for piece in several] == [False, False, True]


def test_buttons_without_anything_before_them_get_words_of_their_own() -> None:
    (alone,) = cut(buttons("Yes"))
    assert isinstance(alone, Say)
    assert alone.words.text == "Choose:"
    assert len(cut(a_photo("1.jpg"), a_photo("2.jpg"), buttons("Yes"))) == 2
    assert len(cut(Text("Which?"), buttons("A"), Text("And?"), buttons("B"))) == 2


def test_a_button_carries_the_number_by_which_its_option_is_found() -> None:
    parts = (Text("1"), buttons("a", "b"), Text("2"), buttons("c"))
    shown = [b for piece in cut(*parts) if isinstance(piece, Say) for row in piece.rows for b in row]
    assert [options_of(parts)[button.number].label for button in shown] == [each.label for each in shown]


def test_long_labels_have_rows_of_their_own_and_are_cut() -> None:
    (piece,) = cut(Text("?"), buttons("Where is my parcel now?", "I want my money", "x" * 200, "Yes", "No"))
    assert isinstance(piece, Say)
    assert [len(row) for row in piece.rows] == [1, 1, 1, 2]
    assert all(units(button.label) <= 64 for row in piece.rows for button in row)


def test_a_short_text_before_one_file_is_its_caption() -> None:
    assert cut(Text("Here"), a_file()) == [Show(How.DOCUMENT, a_file(), Words("Here"))]
    assert len(cut(Text("x" * 1025), a_file())) == 2


def test_photos_are_an_album_with_the_text_below() -> None:
    (album,) = cut(Text("Look"), a_photo("1.jpg"), a_photo("2.jpg"), a_file("v.mp4", "video/mp4"))
    assert isinstance(album, Album)
    assert [show.how for show in album.files] == [How.PHOTO, How.PHOTO, How.VIDEO]
    assert [show.caption.text for show in album.files] == ["Look", "", ""]
    assert messages_in([album]) == 3


def test_what_cannot_be_in_one_album_is_in_several() -> None:
    several = cut(*(a_photo(f"{n}.jpg") for n in range(11)), a_file("1.pdf"), a_file("2.pdf"))
    assert [len(each.files) if isinstance(each, Album) else 1 for each in several] == [10, 1, 2]


def test_a_file_is_sent_as_what_it_is() -> None:
    for media_type, how in {
        "image/gif": How.ANIMATION,
        "audio/mpeg": How.AUDIO,
        "audio/ogg": How.VOICE,
        "image/svg+xml": How.DOCUMENT,
        "text/html": How.DOCUMENT,
    }.items():
        (shown,) = cut(a_file("f", media_type))
        assert isinstance(shown, Show)
        assert shown.how is how
    (large,) = cut(a_photo(size=11 * 1024 * 1024))
    assert isinstance(large, Show)
    assert large.how is How.DOCUMENT


def test_places_and_cards_are_telegrams_own() -> None:
    place = Location(52.5, 13.4, "Shop", "Street 1")
    assert cut(Text("Here:"), place) == [Say(Words("Here:")), Place(place)]
    assert cut(SharedContact("Ann", "+49 30 1")) == [Card("Ann", "+49 30 1")]
    assert cut(SharedContact("Ann")) == [Say(Words("Ann"))]


PARTS = st.one_of(
    st.text(max_size=40).map(Text),
    st.just(Text("long words " * 500)),
    st.builds(card, st.text(max_size=5)),
    st.lists(st.text(max_size=90), min_size=1, max_size=4).map(lambda labels: buttons(*labels)),
    st.sampled_from([a_file(), a_photo(), a_file("v.mp4", "video/mp4"), a_file("g.gif", "image/gif")]),
    st.sampled_from([Location(1, 2), SharedContact("Ann", "1"), SharedContact("Bob")]),
    st.just(Choice(MessageId("m"), "a", "This")),
)


@given(st.lists(PARTS, max_size=12))
def test_every_file_and_option_is_there_once_in_order_and_nothing_is_too_long(parts: list[Part]) -> None:
    several = cut(*parts)
    shows = [
        show
        for piece in several
        for show in (piece.files if isinstance(piece, Album) else [piece] if isinstance(piece, Show) else [])
    ]
    assert [show.file for show in shows] == [part for part in parts if isinstance(part, Attachment)]
    numbers = [
        b.number for piece in several if not isinstance(piece, Album) for row in piece.rows for b in row
    ]
    assert numbers == list(range(len(options_of(parts))))
    assert all(0 < units(piece.words.text) <= 4096 for piece in several if isinstance(piece, Say))
    assert all(units(show.caption.text) <= 1024 for show in shows)
    assert all(2 <= len(piece.files) <= 10 for piece in several if isinstance(piece, Album))
