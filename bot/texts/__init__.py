"""The sentences that users read, in Traditional Chinese, one module a conversation."""
