/** Where the widget begins; its engineer replaces this placeholder. */
import texts from "virtual:widget-texts";

document.documentElement.dataset["parley"] = texts["en"]?.["open"] ?? "";
