"""Discord's numbers, each with the page that states it; nothing else in this package names one.

Pages are relative to https://docs.discord.com/developers/. Where a number comes from an issue instead, it says so.
"""

ACKNOWLEDGE_S = 3.0
"""Seconds from receipt to a first response: interactions/receiving-and-responding#interaction-callback."""

TEXT_CHARACTERS = 4000
"""Over all text displays of a message: components/reference#text-display."""

TEXT_BYTES = 10_170
"""UTF-8 bytes above which a Components V2 message fails: https://github.com/discord/discord-api-docs/issues/8554."""

TEXT_DISPLAY_BYTES = 12
"""What each text display adds to that sum: https://github.com/discord/discord-api-docs/issues/8554."""

COMPONENTS = 40
"""In one message, nested ones included: components/reference#container."""

ROW_BUTTONS = 5
"""Buttons in an action row: components/reference#action-row."""

SELECT_OPTIONS = 25
"""In a menu: components/reference#string-select."""

SELECT_CHARACTERS = 100
"""Label, value and description of an option in a menu: components/reference#string-select-select-option-structure."""

BUTTON_LABEL = 80
"""Characters: components/reference#button."""

FORM_LABEL = 45
"""Characters of the title of a form and of a label in it: components/reference#label."""

CUSTOM_ID = 100
"""Characters: components/reference#custom-id."""

CONTENT_CHARACTERS = 2000
"""A plain message: resources/message#create-message."""

ALT_TEXT = 1024
"""Characters that describe a picture: components/reference#media-gallery-media-gallery-item-structure."""

CHOICES = 25
"""Suggestions while typing: interactions/receiving-and-responding#interaction-response-object-autocomplete."""

CHOICE_CHARACTERS = 100
"""Name and text value of a choice: interactions/application-commands#application-command-option-choice-structure."""

COMMAND_DESCRIPTION = 100
"""Characters, commands and options alike: interactions/application-commands#application-command-structure."""

UNKNOWN_INTERACTION = 10062
"""The three seconds or the interaction are over: topics/opcodes-and-status-codes#json."""

UNKNOWN_WEBHOOK = 10015
"""Its token has run out: topics/opcodes-and-status-codes#json."""

INVALID_WEBHOOK_TOKEN = 50027
"""Its token has run out, the other way to say it: topics/opcodes-and-status-codes#json."""

ALREADY_ACKNOWLEDGED = 40060
"""A first response has gone out: topics/opcodes-and-status-codes#json."""

AUTHENTICATION_FAILED = 4004
"""The gateway's word for a refused token: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes."""
