"""Which Rasa server a conversation goes to: spread evenly, and staying there when others come and go."""

from collections import Counter

from bot.preferring import preferred

SERVERS = ("http://a", "http://b", "http://c")
CONVERSATIONS = [f"conversation {number}" for number in range(600)]


def test_a_conversation_prefers_the_same_server_however_they_are_listed() -> None:
    assert all(preferred(SERVERS, each) == preferred(SERVERS[::-1], each) for each in CONVERSATIONS)
    assert sorted(preferred(SERVERS, "one")) == list(SERVERS)


def test_all_servers_get_about_as_many() -> None:
    counted = Counter(preferred(SERVERS, each)[0] for each in CONVERSATIONS)
    assert min(counted.values()) > 150


def test_only_the_conversations_of_a_server_that_goes_move() -> None:
    for each in CONVERSATIONS:
        first, second, _ = preferred(SERVERS, each)
        left = [server for server in SERVERS if server != first]
        assert preferred(left, each)[0] == second
        left = [server for server in SERVERS if server != second]
        assert preferred(left, each)[0] == first
