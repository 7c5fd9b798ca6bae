"""Common words by which a text's language is told where letters do not tell it; pure."""

_EVERYBODYS = (
    "ok okay okey k hi hello hey bye thx ty thanks thank you yes no lol haha hmm pls please sorry vip app wifi usb led email mail"
    " paypal visa mastercard iphone ipad android alexa google siri apple klarna sos qr pdf"
)

_ENGLISH = (
    "the an is are was were be been am i'm i've i'd it it's its my your you we they he she this that these those and or but not don't"
    " can could will would should may do does did have has had what when where which who why how there here to of in on at for from with"
    " about after before until want need get got like any some if then than please order orders return refund cancel parcel package lamp still yet"
)
_OTHERS = (
    # Spanish, Portuguese
    "el los las una unos que en por para con su está dónde donde cómo como quiero hola gracias pedido pedidos devolver cuándo cuando puedo tengo mis"
    " dinero ayuda necesito llega factura os um uma meu minha não onde obrigado obrigada olá quero encomenda posso devolução muy pero esto"
    # French
    " le les des du et où je vous nous ma mes pour avec commande bonjour merci quand puis veux est votre colis remboursement mon quel combien s'il"
    # German
    " der das ist und ich nicht wo wann meine mein meinen bestellung ein eine einen für mit kann hallo danke bitte paket lampe möchte wie zurück rechnung"
    " habe noch geld lieferung kommt"
    # Italian, Dutch
    " il di per mio mia ordine dove ciao grazie voglio sono quanto posso pacco het een ik mijn waar bestelling niet van en wil graag"
    # Polish, Turkish, Vietnamese without their signs
    " gdzie jest moje zamówienie dzień dobry dziękuję nerede siparişim merhaba teşekkürler ne zaman xin chào đơn hàng của tôi"
)

EVERYBODYS = frozenset(_EVERYBODYS.split())
"""Said in every language, or by people who speak no English: they tell nothing of who writes."""

ENGLISH = frozenset(_ENGLISH.split())
OTHERS = frozenset(_OTHERS.split())
