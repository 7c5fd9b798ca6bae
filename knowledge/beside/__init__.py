"""The knowledge base beside a conversation: what may answer it, what agents put into replies, flag and propose."""
