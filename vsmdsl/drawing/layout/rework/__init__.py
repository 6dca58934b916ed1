"""Work that comes back: loops in lanes under the boxes, lettered ends where a loop cannot go."""

from __future__ import annotations

from vsmdsl.drawing.layout.rework.channels import channels
from vsmdsl.drawing.layout.rework.drawing import draw_channel
from vsmdsl.drawing.layout.rework.shape import NO_CHANNEL, PITCH, Channel, ChannelKey

__all__ = ["NO_CHANNEL", "PITCH", "Channel", "ChannelKey", "channels", "draw_channel"]
