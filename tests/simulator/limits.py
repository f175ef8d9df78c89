"""Discord's numbers, each once, from its documentation. The bot has its own list, so that each checks the other.

Pages, under https://docs.discord.com/developers/: `components/reference`, `resources/message`, `resources/webhook`,
`interactions/receiving-and-responding`, `interactions/application-commands`, `reference#locales`.
"""

# interactions/receiving-and-responding
ACKNOWLEDGE_S = 3.0
TOKEN_S = 900.0
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
MODAL_TITLE = 45
MODAL_COMPONENTS = 5

# components/reference
COMPONENTS = 40
TEXT_DISPLAYS = 4_000
V2_BYTES = 10_170
"""Bytes of all text displays, each counted with V2_BYTES_EACH more: measured in discord-api-docs#8554."""
V2_BYTES_EACH = 12
ROWS = 5
ROW_BUTTONS = 5
CUSTOM_ID = 100
BUTTON_LABEL = 80
URL = 512
MEDIA_URL = 2_048
SELECT_OPTIONS = 25
SELECT_TEXT = 100
SELECT_PLACEHOLDER = 150
SECTION_TEXTS = 3
GALLERY_ITEMS = 10
MEDIA_DESCRIPTION = 1_024
COLOUR = 0xFFFFFF
LABEL = 45
LABEL_DESCRIPTION = 100
TEXT_INPUT = 4_000
TEXT_INPUT_PLACEHOLDER = 100

# resources/message
CONTENT = 2_000
EMBEDS = 10
EMBED_CHARACTERS = 6_000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4_096
EMBED_FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1_024
EMBED_FOOTER = 2_048
EMBED_AUTHOR = 256
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
ALLOWED_MENTIONS = 100
STICKERS = 3

# interactions/application-commands
SLASH_COMMANDS = 100
MENU_COMMANDS = 15
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 100
OPTIONS = 25
COMMAND_CHARACTERS = 8_000
OPTION_TEXT = 6_000
WHOLE_NUMBER = 2**53

# reference#locales
_LOCALES = (
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja "
    "zh-TW ko"
)
LOCALES = frozenset(_LOCALES.split())
