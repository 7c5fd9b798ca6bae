# Made from en.ftl by `npm run locales`; do not edit.
widget-open = وـــپهـــن چحاـــت
