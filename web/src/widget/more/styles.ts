/** The looks of what is loaded on demand. */
export const STYLES = `
.drafts{display:grid;gap:6px;padding:8px 8px 2px;max-height:170px;overflow-y:auto;scrollbar-width:thin}
.drafts li{display:flex;align-items:center;background:var(--soft);border-radius:14px;padding-block:4px;padding-inline:12px 4px;font-size:14px}
.drafts .icon{width:34px;height:34px}
.drafts svg{width:18px;height:18px}
.drafts b{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
progress{width:100%;height:5px;display:block;accent-color:var(--brand)}
.drafts b{font-weight:550;display:block}
.wrong small{color:var(--wrong)}
fieldset{border:0;margin:0;padding:0;min-width:0}
legend{padding:0;font-weight:600;font-size:14px;margin-bottom:7px}
.form{flex:none;display:grid;gap:14px;padding:16px}
.questions{max-height:70%;overflow-y:auto;border-top:1px solid var(--line);scrollbar-width:thin}
.hero .questions{max-height:none;flex:1;border-top:0;padding-top:0;align-content:start}
.hero:has(.questions) .log{flex:none}
.view .form{padding:16px 0}
.field{display:grid;gap:6px;font-weight:600;font-size:14px}
.field span{display:flex;justify-content:space-between;gap:8px;align-items:baseline}
.field small{font-weight:400}
input:not(.hidden){width:100%;min-width:0;padding:10px 13px;font-size:15px;font-weight:400;border:1px solid var(--line);border-radius:12px;background:var(--ground)}
input:not(.hidden):focus-visible,.rating textarea:focus-visible{outline:2px solid var(--link);outline-offset:-1px}
.main{display:block;padding:11px 18px;border-radius:14px;background:var(--brand);color:var(--on-brand);font-weight:600;text-align:center;text-decoration:none}
.main:hover{background:var(--shade)}
.card a.main{margin:0}
.main.small{padding:9px 16px;border-radius:12px;flex:none}
.plain{display:block;padding:10px 16px;border-radius:14px;border:1px solid var(--line);font-weight:550;text-align:center;width:100%}
.plain:hover{background:var(--soft)}
.options{display:flex;flex-wrap:wrap;gap:8px}
.option{cursor:pointer}
.option span,.choice{display:block;padding:7px 14px;border:1px solid var(--line);border-radius:18px;font-weight:400;font-size:14px}
.option:hover span,.choice:hover{background:var(--soft)}
.option input:checked+span,.choice[aria-pressed=true]{border-color:var(--link);color:var(--link);box-shadow:inset 0 0 0 1px var(--link);font-weight:600}
.option input:focus-visible+span{outline:2px solid var(--link);outline-offset:2px}
.cards{display:grid;gap:12px;margin-top:16px}
.cards:empty{display:none}
.rating{text-align:center;display:grid;gap:8px;justify-items:center}
.rating p{margin:0;min-height:1.4em}
.stars{display:flex;justify-content:center;gap:4px}
.stars label,.option{position:relative}
.stars label{cursor:pointer;border-radius:10px;padding:3px;color:var(--quiet)}
.stars svg{width:32px;height:32px;stroke-width:1.3;transition:transform .12s}
.stars label:hover svg{transform:scale(1.15)}
.stars .lit,.stars:hover label:has(~label:hover),.stars label:hover{color:#e8a100}
.stars .lit svg,.stars:hover label:has(~label:hover) svg,.stars label:hover svg{fill:#ffc53d}
.stars:hover label:hover~label svg{fill:none}
.stars label:has(:focus-visible){outline:2px solid var(--link)}
.rating form{display:grid;gap:8px;width:100%}
.rating textarea:placeholder-shown~button{display:none}
.rating textarea{border:1px solid var(--line);border-radius:12px;padding:9px 13px;width:100%}
.mail .row{display:flex;gap:8px;margin-top:10px}
.list{border:1px solid var(--line);border-radius:16px;overflow:hidden;background:var(--ground)}
.list li+li{border-top:1px solid var(--line)}
.list button,.list a,.list li>div{display:flex;gap:12px;align-items:center;width:100%;padding:13px 14px;color:inherit;text-decoration:none}
.list button:hover,.list a:hover{background:var(--soft)}
.list :focus-visible{outline-offset:-2px}
.list svg{width:20px;height:20px;color:var(--link)}
.list .grow~svg{width:16px;height:16px;transform:scaleX(-1);color:var(--quiet)}
[dir=rtl] .list .grow~svg{transform:none}
.list b{display:block;font-weight:600;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.list small{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.dot{width:9px;height:9px;border-radius:50%;background:#c62828;flex:none}
.languages{margin-top:20px}
.known{display:flex;gap:8px;align-items:center;margin-bottom:14px;color:var(--good);font-weight:550}
.list+.plain{margin-top:12px}
.past .main{margin-top:18px;width:100%}
.suggestions .list{margin:0 12px 8px;box-shadow:0 2px 12px #00000014}
.suggestions .list a,.suggestions .list li>div{padding:9px 14px}
.view .problem{padding:0}
.view .problem:empty{display:none}
.code{letter-spacing:.3em;font-variant-numeric:tabular-nums;font-size:20px!important}
.page .form{width:calc(100% - 24px);max-width:720px;margin-inline:auto}
.page .suggestions{width:100%;max-width:744px;margin-inline:auto}
`;
