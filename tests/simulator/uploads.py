"""Files that come with a request and become a message's attachments."""

import mimetypes
from dataclasses import dataclass
from typing import Any

from . import limits
from .refusals import TOO_LARGE, Form, RefusedError

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file part of a multipart request: *number* is the n of `files[n]`."""

    number: str
    filename: str
    content: bytes


@dataclass(frozen=True)
class Attachment:
    """A file on a message."""

    id: str
    filename: str
    content: bytes
    url: str
    description: str | None = None
    private: bool = False

    def to_json(self) -> Json:
        """The attachment object."""
        body: Json = {
            "id": self.id,
            "filename": self.filename,
            "size": len(self.content),
            "url": self.url,
            "proxy_url": self.url,
            "content_type": mimetypes.guess_type(self.filename)[0] or "application/octet-stream",
        }
        if self.description is not None:
            body["description"] = self.description
        return {**body, "ephemeral": True} if self.private else body


def check_uploads(form: Form, body: Json, uploads: list[Upload], kept: frozenset[str] = frozenset()) -> None:
    """Note attachments that were not sent; *kept* are ids that an edited message has already.

    Raises: RefusedError: a file is larger than Discord takes.
    """
    if any(len(upload.content) > limits.FILE_BYTES for upload in uploads):
        raise RefusedError(TOO_LARGE)
    form.check(len(uploads) <= limits.FILES, ("files",), "BASE_TYPE_MAX_LENGTH", f"At most {limits.FILES} files.")
    sent = {upload.number for upload in uploads}
    listed = form.objects(body.get("attachments") or [], ("attachments",), most=limits.FILES)
    for index, one in enumerate(listed):
        number = str(one.get("id"))
        known = number in sent or number in kept
        form.check(known, ("attachments", index, "id"), "ATTACHMENT_NOT_FOUND", f"No file {number} was sent.")


def attached_names(body: Json, uploads: list[Upload], existing: tuple[Attachment, ...] = ()) -> set[str]:
    """The names by which components may refer to the files of a message, after the request."""
    given = body.get("attachments")
    names = {upload.filename for upload in uploads}
    for one in given or ():
        if one.get("filename") and str(one.get("id")) in {upload.number for upload in uploads}:
            names.add(one["filename"])
    wanted = None if given is None else {str(one.get("id")) for one in given}
    return names | {one.filename for one in existing if wanted is None or one.id in wanted}


def attach(
    body: Json, uploads: list[Upload], existing: tuple[Attachment, ...], *, new_id: Any, address: str, private: bool
) -> tuple[Attachment, ...]:
    """The attachments of a message after a request: those it keeps, then those it brings."""
    given = body.get("attachments")
    listed = {str(one["id"]): one for one in given or ()}
    kept = [one for one in existing if given is None or one.id in listed]
    for upload in uploads:
        about = listed.get(upload.number, {})
        name, number = about.get("filename") or upload.filename, new_id()
        url = f"{address}/attachments/{number}/{name}"
        kept.append(Attachment(number, name, upload.content, url, about.get("description"), private))
    return tuple(kept)
