"""The transport compressions of the gateway: one stream for the life of a connection, flushed after each payload."""

import importlib
import zlib
from collections.abc import Callable
from typing import Any

Packer = Callable[[str], bytes]


def packer(name: str | None) -> Packer | None:
    """A function packing payloads for a connection that asked for `compress=`*name*; None to send plain text.

    Raises: ValueError: Discord has no such compression, or it needs a library that is not installed.
    """
    if name is None:
        return None
    if name == "zlib-stream":
        stream = zlib.compressobj()
        return lambda text: stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)
    if name == "zstd-stream":
        return _zstd()
    raise ValueError(f"no compression {name!r}: zlib-stream or zstd-stream")


def _zstd() -> Packer:
    try:
        library: Any = importlib.import_module("compression.zstd")
    except ImportError:
        pass
    else:
        standard = library.ZstdCompressor()
        return lambda text: standard.compress(text.encode(), standard.FLUSH_BLOCK)
    try:
        library = importlib.import_module("zstandard")
    except ImportError as error:
        raise ValueError("zstd-stream was asked for, but zstandard is not installed here") from error
    stream = library.ZstdCompressor().compressobj()
    return lambda text: stream.compress(text.encode()) + stream.flush(library.COMPRESSOBJ_FLUSH_BLOCK)
