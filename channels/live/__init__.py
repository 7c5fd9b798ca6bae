"""Live visitors: sessions, protocol and sockets that the widget and the chat page share (docs/chat-protocol.md)."""
