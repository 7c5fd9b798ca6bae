"""What mail clients put before a subject, in the languages that they speak.

Sources: the defaults of Outlook, Apple Mail, Thunderbird, QQ, 163 and Foxmail in their languages; RFC 5256 (base subject).
"""

REPLY = (
    *(
        "re",
        "ref",
        "r",
        "res",
        "resp",
        "rép",
        "rep",
        "réf",
        "aw",
        "antw",
        "antwort",
        "sv",
        "svar",
        "vs",
        "vast",
    ),
    *(
        "odp",
        "rif",
        "ynt",
        "yan",
        "cvp",
        "bls",
        "balas",
        "atb",
        "ats",
        "vá",
        "válasz",
        "hal",
        "răsp",
        "ras",
        "tl",
    ),
    *("trả lời", "απ", "σχετ", "отв", "ответ", "відп", "отг", "на", "תגובה", "השב", "رد", "پاسخ", "ตอบ"),
    *("回复", "答复", "回覆", "答覆", "回信", "返信", "회신", "답장"),
)
"""An answer. Single letters and syllables count only right before a colon."""

FORWARD = (
    *(
        "fw",
        "fwd",
        "wg",
        "vl",
        "tr",
        "rv",
        "enc",
        "i",
        "vb",
        "doorst",
        "pd",
        "tov",
        "továbbítás",
        "trs",
        "ilt",
        "iletilen",
    ),
    *(
        "vidarebefordrat",
        "videresendt",
        "encaminhado",
        "reenviado",
        "předávám",
        "fs",
        "πρθ",
        "пересл",
        "переслано",
    ),
    *("препр", "הועבר", "إعادة توجيه", "转发", "轉寄", "轉發", "转寄", "転送", "전달"),
)
"""Passed on to somebody."""

AUTOMATIC = (
    *(
        "automatic reply",
        "auto reply",
        "autoreply",
        "auto",
        "out of office",
        "automatische antwort",
        "abwesenheitsnotiz",
    ),
    *(
        "réponse automatique",
        "respuesta automática",
        "risposta automatica",
        "resposta automática",
        "autosvar",
    ),
    *(
        "automatisch antwoord",
        "automaattinen vastaus",
        "odpowiedź automatyczna",
        "автоответ",
        "自动回复",
        "自動回覆",
    ),
    *(
        "自動応答",
        "자동 회신",
        "undeliverable",
        "undelivered",
        "unzustellbar",
        "accepted",
        "declined",
        "tentative",
    ),
)
"""A machine's."""

WARNING = (
    "external",
    "extern",
    "ext",
    "externe",
    "caution",
    "spam",
    "suspected spam",
    "外部邮件",
    "外部郵件",
)
"""What gateways write there."""
