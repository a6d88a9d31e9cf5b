"""The Telegram face, the only place that knows the telegram library: see `face` for the order of work."""

from bot.faces.telegram.desk import Core
from bot.faces.telegram.face import run, serve

__all__ = ["Core", "run", "serve"]
