# 产品的中文文本。键名与 en.ftl 一致。

## 网页聊天
widget-open = 打开聊天
