"""The words by which mail programs mark quotes, forwards and signatures, in the languages they speak.

All are compared in lower case and, where noted, without white space. Chinese ones exist in both scripts.
"""

from enum import Enum


class Role(Enum):
    """Which header field a label such as ``From:`` or ``发件人：`` stands for."""

    FROM = "from"
    SENT = "sent"
    DATE = "date"
    TO = "to"
    COPY = "copy"
    SUBJECT = "subject"
    OTHER = "other"


def each(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LABELS = {
    Role.FROM: "from von de da van från fra avsender lähettäjä od от отправитель откого від feladó dela expéditeur "
    "kimden gönderen από 差出人 送信者 from名 보낸사람 발신 发件人 寄件者 寄件人 發件人 发送人 发信人 發信人 מאת من từ odesílatel nadawca "
    "remitente mittente afzender",
    Role.SENT: "sent gesendet envoyé enviado enviadoel enviadaem enviadoem enviada inviato verzonden skickat sendt "
    "lähetetty odesláno wysłano wysłane отправлено надіслано elküldve küldve trimis gönderildi gönderilmetarihi "
    "στάλθηκε 送信日時 送信日 보낸날짜 날짜및시간 发送时间 发送日期 寄件日期 傳送日期 傳送時間 發送時間 发件时间 發件日期 发信时间 נשלח "
    "أُرسلت đãgửi poslano senton sentat",
    Role.DATE: "date datum fecha data dato päivämäärä päiväys дата dátum tarih ημερομηνία 日期 日付 日時 날짜 时间 "
    "時間 תאריך التاريخ ngày gửi",
    Role.TO: "to an à a para pour per aan till til vastaanottaja do komu кому ketkenek címzett către kime alıcı προς "
    "宛先 받는사람 수신 收件人 收件者 אל إلى đến destinataire destinatario tới",
    Role.COPY: "cc kopie kopia kopi copie copia copiaa cópia bcc cci cco bilgi копия копія másolat kopio másolatotkap "
    "κοιν 참조 抄送 抄送至 抄送人 副本 密送 密件副本 抄报 blindkopie ccn עותק",
    Role.SUBJECT: "subject betreff objet sujet asunto assunto oggetto onderwerp ämne emne aihe předmět temat тема "
    "tárgy subiect konu θέμα 件名 제목 主题 主旨 主題 标题 נושא الموضوع chủđề predmet",
    Role.OTHER: "reply-to replyto antwortan répondreà respondera antwoordaan importance priority wichtigkeit "
    "attachments anlagen 附件 重要性 邮件标题 回复 organization organisation messageid message-id mailed-by list-id "
    "onbehalfof 답장 返信先",
}

LABELS: dict[str, Role] = {label: role for role, labels in _LABELS.items() for label in labels.split()}
"""Header labels in lower case, without white space."""

LONGEST_LABEL = 24

WROTE = (
    "wrote",
    "writes",
    "schrieb",
    "geschrieben",
    "a écrit",
    "a écrit",
    "écrivait",
    "escribió",
    "escribio",
    "va escriure",
    "escreveu",
    "ha scritto",
    "scrisse",
    "schreef",
    "geschreven",
    "skrev",
    "kirjoitti",
    "napsal",
    "napísal",
    "napisał",
    "napisao",
    "написал",
    "пишет",
    "писал",
    "написав",
    "пише",
    "írta",
    "ezt írta",
    "a scris",
    "yazdı",
    "έγραψε",
    "viết",
    "menulis",
    "เขียน",
    "كتب",
    "כתב",
    "写道",
    "寫道",
    "写到",
    "撰写",
    "書きました",
    "のメール",
    "작성",
    "님이",
)
"""What stands in "On … somebody wrote:"."""

OPENINGS = (
    "on ",
    "am ",
    "le ",
    "el ",
    "em ",
    "il ",
    "op ",
    "den ",
    "dne ",
    "dnia ",
    "w dniu ",
    "în ",
    "pe ",
    "a ",
    "at ",
    "in article",
    "il giorno ",
    "vào ",
    "pada ",
    "στις ",
    "在",
    "于",
    "於",
)
"""How such a line begins in languages that begin it so."""

REPLIED = each(
    "originalmessage originalnachricht originalmail original ursprünglichenachricht messageoriginal messaged'origine "
    "messaged’origine mensajeoriginal mensagemoriginal messaggiooriginale oorspronkelijkbericht origineelbericht "
    "ursprungligtmeddelande originalmeddelande oprindeligmeddelelse opprinneligmelding alkuperäinenviesti "
    "původnízpráva wiadomośćoryginalna исходноесообщение оригинальноесообщение eredetiüzenet mesajoriginal "
    "özgünileti orijinalmesaj αρχικόμήνυμα 원본메시지 원본메일 元のメッセージ originalemail repliedmessage originalappointment "
    "replymessage quotedmessage "
    "原始邮件 原始郵件 邮件原件 郵件原件 邮件原文 原邮件 原郵件 原始信息 原始訊息 回复的原邮件 回复的邮件 原始邮件信息 引用原文 来信原文 原文"
)
"""What stands between dashes above a quoted mail, without white space."""

FORWARDED = each(
    "forwardedmessage forwardedby forwardmessage forwardedemail beginforwardedmessage weitergeleitetenachricht "
    "weitergeleitetemail anfangderweitergeleitetene-mail anfangderweitergeleitetenachricht messagetransféré "
    "messageréexpédié débutdumessageréexpédié débutdumessagetransféré mensajereenviado iniciodelmensajereenviado "
    "mensagemencaminhada mensagemreencaminhada iníciodamensagemreencaminhada messaggioinoltrato "
    "iniziomessaggioinoltrato doorgestuurdbericht begindoorgestuurdbericht vidarebefordratmeddelande "
    "videresendtmelding videresendtmeddelelse edelleenlähetettyviesti přeposlanázpráva wiadomośćprzekazana "
    "пересылаемоесообщение пересланноесообщение továbbítottüzenet iletilenmesaj 전달된메시지 転送されたメッセージ 転送メッセージ "
    "转发邮件 转发的邮件 转发的邮件信息 转发邮件信息 转发的原邮件 已转发邮件 转发信息 转发的信息 被转发邮件 轉寄郵件 轉寄的郵件 轉寄訊息 已轉寄的郵件 "
    "轉發郵件 以下是转发的邮件 以下是轉寄郵件 以下是转发邮件 開始轉寄郵件 开始转发的邮件 下面是被转发的邮件 下面是转发的邮件 開始轉寄的郵件 以下是轉寄的郵件 开始转发邮件 转发的邮件内容"
)
"""The same, above a mail that is passed on to be read."""

FORWARD_SUBJECTS = each(
    "fw fwd wg tr rv enc i doorst vb vl pd iet továbbítás ilt 转发 轉寄 轉發 転送 전달 пересл"
)
"""The prefixes of a forwarded mail's subject."""

POINTERS = (
    "fyi",
    "fwd",
    "forward",
    "see below",
    "please see",
    "below",
    "siehe unten",
    "zur info",
    "weitergeleitet",
    "ci-dessous",
    "pour info",
    "véase",
    "abajo",
    "见下",
    "如下",
    "下面",
    "以下",
    "转发",
    "轉寄",
    "轉發",
    "转给",
    "请看",
    "請看",
    "参考",
)
"""Few words above a mail that point at it: it is passed on to be read."""

SENT_FROM = (
    "sent from",
    "sent via",
    "sent by my",
    "sent on my",
    "sent using",
    "sent with",
    "get outlook for",
    "von meinem",
    "gesendet von",
    "gesendet mit",
    "diese nachricht wurde von meinem",
    "envoyé de mon",
    "envoyé depuis",
    "envoyé à partir de",
    "télécharger outlook pour",
    "obtenir outlook pour",
    "enviado desde",
    "enviado do meu",
    "enviado a partir",
    "enviado de mi",
    "obtener outlook para",
    "obter o outlook para",
    "inviato da",
    "inviato dal",
    "scarica outlook per",
    "verzonden vanaf",
    "verstuurd vanaf",
    "verstuurd van",
    "skickat från",
    "sendt fra",
    "lähetetty",
    "odesláno z",
    "wysłane z",
    "wysłano z",
    "отправлено с",
    "отправлено из",
    "надіслано з",
    "küldve:",
    "trimis de pe",
    "trimis din",
    "iphone'umdan gönderildi",
    "gönderildi",
    "getoutlook",
    "downloadoutlook",
)
"""How the line of a phone or a mail program begins, outside East Asia."""

SENT_FROM_ASIA = (
    "发自",
    "發自",
    "来自我的",
    "來自我的",
    "寄自",
    "从我的",
    "從我的",
    "获取outlook",
    "取得outlook",
    "下载outlook",
    "来自outlook",
    "来自手机",
    "来自网易",
    "来自qq邮箱",
    "来自华为",
    "来自小米",
    "来自iphone",
    "由网易",
    "签名由网易",
    "由我的",
    "通过我的",
    "从windows版邮件发送",
    "从windows10版邮件发送",
    "iphoneから送信",
    "나의iphone에서보냄",
    "내iphone에서보냄",
)
"""The same there, without white space."""

NOTICES = (
    "this e-mail and any",
    "this email and any",
    "this message and any",
    "this e-mail is confidential",
    "this email is confidential",
    "this e-mail message",
    "this message is intended only",
    "this message contains confidential",
    "the information contained in this",
    "the information in this e-mail",
    "the information in this email",
    "confidentiality notice",
    "privileged/confidential",
    "disclaimer:",
    "please consider the environment",
    "diese e-mail enthält vertrauliche",
    "ce message et toutes",
    "este mensaje y sus",
    "本邮件及其附件",
    "本邮件包含",
    "本电子邮件",
    "此邮件及其附件",
    "此電子郵件",
    "本郵件及",
    "保密声明",
    "免责声明",
    "【保密",
    "virus-free.",
    "to unsubscribe from this",
    "you received this message because you are subscribed",
    "you are receiving this because",
    "reply to this email directly",
)
"""How the small print below a mail begins."""

THANKS = (
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "many thanks",
    "thanks",
    "thank you",
    "cheers",
    "best",
    "best wishes",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "mit freundlichen grüßen",
    "viele grüße",
    "beste grüße",
    "freundliche grüße",
    "mfg",
    "lg",
    "cordialement",
    "bien à vous",
    "saludos",
    "un saludo",
    "atentamente",
    "cordiali saluti",
    "atenciosamente",
    "met vriendelijke groet",
    "谢谢",
    "多谢",
    "感谢",
    "此致",
    "敬礼",
    "祝好",
    "祝商祺",
    "顺祝商祺",
    "顺颂商祺",
    "謝謝",
    "敬上",
    "敬祝",
)
"""With what a letter closes; the closing itself is part of what was written."""

CONTACT_LABELS = each(
    "tel telephone phone mobile mob cell cellphone fax email e-mail mail web website skype whatsapp www office direct "
    "t m f e w p d o telefon handy tél tel./fax tél. fon móvil teléfono url "
    "电话 手机 手提 传真 邮箱 邮件 邮编 地址 网址 网站 微信 qq 热线 联系电话 座机 移动电话 電話 手機 傳真 郵箱 地址 網址 公司 部门 微信号 职位"
)
"""Labels of the lines of a visiting card."""
