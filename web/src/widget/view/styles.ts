/**
 * The widget's looks. A page's `* { … !important }` reaches the host element and what is inherited through it, so the
 * host's own declarations are important (inside wins over outside there) and every inherited property starts anew on .root.
 */
const LIGHT = `color-scheme:light;--ground:#fff;--soft:#f2f4f6;--line:#dfe3e8;--text:#16191d;--quiet:#5a6470;--wrong:#b3261e;--link:var(--ink-light)`;
const DARK = `color-scheme:dark;--ground:#1b1f24;--soft:#2a3037;--line:#3a424c;--text:#eceff2;--quiet:#a6b0bb;--wrong:#ffb4ab;--link:var(--ink-dark)`;

const FRAME = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:auto 0 0 0!important;width:0!important;height:0!important;
  z-index:2147483647!important;contain:none!important}
.root{all:initial;direction:ltr;${LIGHT};position:fixed;bottom:20px;display:block;color:var(--text);
  font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;
  text-align:start;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
.root[data-theme=dark]{${DARK}}
@media (prefers-color-scheme:dark){.root[data-theme=auto]{${DARK}}}
.right{right:20px}.left{left:20px}
*,*::before,*::after{box-sizing:border-box}
h2,h3,p,ol,ul,li{margin:0;padding:0;list-style:none;font-size:inherit}
button,textarea{font:inherit;color:inherit;margin:0}
button{cursor:pointer;border:0;background:none;padding:0}
a{color:var(--link)}
svg{width:22px;height:22px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;display:block;flex:none}
svg.solid{fill:currentColor;stroke:none}
:focus{outline:none}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
header :focus-visible{outline-color:var(--on-brand);outline-offset:0}
.grow{flex:1;min-width:0}
.hidden{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{width:40px;height:40px;display:grid;place-items:center;border-radius:10px;flex:none}
.icon:disabled{opacity:.4;cursor:default}
.launcher{position:relative;width:58px;height:58px;border-radius:50%;background:var(--brand);color:var(--on-brand);display:grid;
  place-items:center;box-shadow:0 2px 6px #0003,0 8px 24px #0003;transition:transform .15s}
.launcher:hover{transform:scale(1.05)}
.launcher svg{width:28px;height:28px}
.launcher:focus-visible{outline-offset:3px}
.badge{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#c62828;color:#fff;
  font-size:12px;font-weight:700;line-height:18px;border:2px solid var(--ground);text-align:center}
.panel{position:relative;display:flex;flex-direction:column;width:384px;height:min(660px,calc(100vh - 40px));height:min(660px,calc(100dvh - 40px));
  max-width:calc(100vw - 40px);background:var(--ground);border-radius:18px;overflow:hidden;
  box-shadow:0 0 0 1px #0000000f,0 12px 48px #00000047;animation:rise .18s ease-out}
@keyframes rise{from{opacity:0;transform:translateY(14px)}}
header{display:flex;align-items:center;gap:6px;padding:14px 10px 14px 20px;background:var(--brand);color:var(--on-brand)}
header h2{font-size:17px;font-weight:650;line-height:1.3;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
header p{font-size:13px;line-height:1.4}
.language{height:32px;padding:0 10px;border-radius:8px;font-size:13px;border:1px solid currentColor}
.language:hover,header .icon:hover{background:color-mix(in srgb,currentColor 16%,transparent)}
.link p{padding:7px 20px;font-size:13px;background:var(--soft);border-bottom:1px solid var(--line)}
.link .connecting{animation:late .8s step-end}
@keyframes late{from{position:absolute;opacity:0}}
`;

const LOG = `
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:18px 16px 10px;min-height:0;scrollbar-width:thin}
.log:focus-visible{outline-offset:-2px}
.greeting{padding:0 4px 6px;color:var(--quiet);white-space:pre-line}
.day,.note{display:flex;justify-content:center;margin:14px 0 6px;font-size:12.5px;color:var(--quiet);text-align:center}
.day span::first-letter{text-transform:uppercase}
.note span{background:var(--soft);border-radius:12px;padding:4px 12px}
.said{display:flex;gap:8px;margin-top:3px}
.said.first{margin-top:12px}
.mine{justify-content:flex-end}
.body{display:flex;flex-direction:column;align-items:flex-start;gap:4px;max-width:82%;min-width:0}
.mine .body{align-items:flex-end}
.face{width:28px;flex:none}
.first .face{height:28px;border-radius:50%;background:var(--soft);color:var(--link);display:grid;place-items:center;font-size:13px;font-weight:650;margin-top:20px}
.face svg{width:18px;height:18px}
.name{font-size:12.5px;color:var(--quiet);padding-left:2px}
.name:empty{display:none}
.bubble{padding:9px 13px;border-radius:16px;background:var(--soft);white-space:pre-wrap;max-width:100%;unicode-bidi:plaintext}
.theirs .bubble{border-start-start-radius:5px}
.mine .bubble{background:var(--brand);color:var(--on-brand);border-end-end-radius:5px}
.mine .bubble a{color:inherit}
.waiting .bubble{opacity:.75}
.meta{display:flex;gap:4px;align-items:center;font-size:11.5px;color:var(--quiet);padding:0 3px}
.tick svg{width:14px;height:14px;stroke-width:2.2}
.refused{display:flex;flex-wrap:wrap;gap:4px 12px;font-size:13px;color:var(--wrong);justify-content:flex-end}
.refused button{text-decoration:underline}
.buttons{display:flex;flex-wrap:wrap;gap:8px;padding-top:2px}
.buttons button{padding:7px 14px;border-radius:18px;border:1.5px solid var(--link);color:var(--link);text-align:start}
.buttons button:hover:enabled{background:var(--soft)}
.buttons button:disabled{cursor:default;border-color:var(--line);color:var(--quiet)}
.buttons button[aria-pressed=true]{background:var(--brand);border-color:var(--brand);color:var(--on-brand)}
.card{border:1px solid var(--line);border-radius:14px;padding:11px 14px}
.card h3{font-weight:650}
.card p{margin-top:3px;color:var(--quiet);font-size:14px;display:-webkit-box;-webkit-line-clamp:4;-webkit-box-orient:vertical;overflow:hidden}
.card a{display:inline-block;margin-top:6px}
.image{display:block;border-radius:14px;overflow:hidden;border:1px solid var(--line);background:var(--soft)}
.image img{display:block;max-width:100%;max-height:260px;min-width:60px;min-height:40px;object-fit:cover}
.file{display:flex;align-items:center;gap:10px;padding:9px 13px;border:1px solid var(--line);border-radius:14px;text-decoration:none;color:inherit;max-width:100%}
.file b,.drafts b{font-weight:550;display:block}
small{display:block;font-size:12.5px;color:var(--quiet)}
.typing{display:inline-flex;gap:4px;padding:13px 14px;margin:10px 0 0 36px;border-radius:16px;background:var(--soft)}
.typing i{width:7px;height:7px;border-radius:50%;background:var(--quiet);animation:blink 1.2s infinite}
.typing i:nth-of-type(2){animation-delay:.2s}.typing i:nth-of-type(3){animation-delay:.4s}
@keyframes blink{0%,60%,100%{opacity:.3}30%{opacity:1}}
`;

const COMPOSER = `
.composer{border-top:1px solid var(--line);padding:8px}
.line{display:flex;align-items:flex-end;gap:4px}
.line .icon{color:var(--quiet)}
.line .icon:hover:enabled{background:var(--soft)}
.line .send{color:var(--link)}
.line .send[aria-disabled=true]{color:var(--quiet);opacity:.6;cursor:default;background:none}
textarea{flex:1;min-width:0;resize:none;border:0;background:none;padding:9px 4px;line-height:22px;max-height:132px;overflow-y:auto}
textarea::placeholder{color:var(--quiet);opacity:1}
textarea:focus-visible{outline:none}
.composer:focus-within{box-shadow:inset 0 2px 0 var(--link)}
.problem,.wrong small{color:var(--wrong)}
.problem{font-size:13px;padding:2px 8px 6px}
.drafts{display:grid;gap:6px;padding:2px 2px 8px;max-height:170px;overflow-y:auto;scrollbar-width:thin}
.drafts li{display:flex;align-items:center;background:var(--soft);border-radius:10px;padding:4px 4px 4px 12px;font-size:14px}
.drafts .icon{width:34px;height:34px}
.drafts svg{width:18px;height:18px}
.drafts b{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
progress{width:100%;height:5px;display:block;accent-color:var(--brand)}
.drop{position:absolute;inset:8px;border:2px dashed var(--link);border-radius:14px;background:var(--ground);opacity:.94;display:grid;place-items:center;
  font-weight:600;pointer-events:none}
@media (max-width:480px){
  .root:has(.panel){inset:0}
  .panel{width:100%;max-width:none;height:100%;border-radius:0}
  .composer{padding-bottom:max(8px,env(safe-area-inset-bottom))}
  textarea{font-size:16px}
}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.launcher,.bubble,.panel{border:1px solid}}
@media print{.root{display:none}}
`;

export const STYLES = FRAME + LOG + COMPOSER;
