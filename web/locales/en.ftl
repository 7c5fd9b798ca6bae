# Texts of the product in English.
# Keys begin with console-, widget-, bot- or error-. Widget texts are plain: variables only, no plurals.
# After a change: npm run locales (in web/), which makes ar-XB.ftl again.

## Widget
widget-open = Open chat
