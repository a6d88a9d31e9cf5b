"""The faces: each translates one transport into Incoming and Reply, and decides nothing."""


class FaceError(Exception):
    """A face that cannot start or go on; the message is one sentence for the person who runs it."""
