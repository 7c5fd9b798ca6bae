/**
 * The widget's looks. A page's `* { … !important }` reaches the host element and what is inherited through it, so the
 * host's own declarations are important (inside wins over outside there) and every inherited property starts anew on .root.
 * Sides are logical, but for the corner of the page that the inbox chose.
 */
const LIGHT = `color-scheme:light;--ground:#fff;--soft:#f3f4f7;--line:#e3e6eb;--text:#14181f;--quiet:#5b6573;--wrong:#b3261e;--good:#1a7f4b;--link:var(--ink-light)`;
const DARK = `color-scheme:dark;--ground:#1b1f24;--soft:#2a3038;--line:#3a424c;--text:#eceff2;--quiet:#a6b0bb;--wrong:#ffb4ab;--good:#6fd39b;--link:var(--ink-dark)`;

const FRAME = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:auto 0 0 0!important;width:0!important;height:0!important;
  z-index:2147483647!important;contain:none!important}
.root{all:initial;direction:ltr;${LIGHT};position:fixed;bottom:20px;display:block;color:var(--text);
  font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;
  text-align:start;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
.root[dir=rtl]{direction:rtl}
.root[data-theme=dark]{${DARK}}
@media (prefers-color-scheme:dark){.root[data-theme=auto]{${DARK}}}
.right{right:20px}.left{left:20px}
*,*::before,*::after{box-sizing:border-box}
h1,h2,p,ol,ul,li{margin:0;padding:0;list-style:none;font-size:inherit}
button,textarea,input{font:inherit;color:inherit;margin:0}
button{cursor:pointer;border:0;background:none;padding:0;text-align:inherit}
a{color:var(--link)}
svg{width:22px;height:22px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;display:block;flex:none}
svg.solid{fill:currentColor;stroke:none}
:focus{outline:none}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
header :focus-visible{outline-color:var(--on-brand);outline-offset:-1px}
.grow{flex:1;min-width:0}
.hidden{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{width:38px;height:38px;display:grid;place-items:center;border-radius:50%;flex:none}
.icon:disabled{opacity:.4;cursor:default}
[dir=rtl] .back svg{transform:scaleX(-1)}
.launcher{position:relative;width:60px;height:60px;border-radius:50%;background:linear-gradient(145deg,var(--brand),var(--shade));color:var(--on-brand);display:grid;
  place-items:center;box-shadow:0 1px 6px #00000029,0 6px 28px #0000003d;transition:transform .16s}
.launcher:hover{transform:scale(1.06)}
.launcher:active{transform:scale(.96)}
.launcher svg{width:28px;height:28px}
.launcher:focus-visible{outline-offset:3px}
.badge{position:absolute;top:-3px;inset-inline-end:-3px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#c62828;color:#fff;
  font-size:12px;font-weight:700;line-height:18px;border:2px solid var(--ground);text-align:center}
.panel{position:relative;display:flex;flex-direction:column;width:400px;height:min(700px,calc(100vh - 40px));height:min(700px,calc(100dvh - 40px));
  max-width:calc(100vw - 40px);background:var(--ground);border-radius:20px;overflow:clip;
  box-shadow:0 0 0 1px #0000000f,0 5px 40px #00000033;animation:rise .2s cubic-bezier(.2,.8,.3,1)}
.right .panel{transform-origin:100% 100%}.left .panel{transform-origin:0 100%}
@keyframes rise{from{opacity:0;transform:translateY(12px) scale(.96)}}
header{flex:none;background:linear-gradient(150deg,var(--brand),var(--shade));color:var(--on-brand)}
.bar{display:flex;align-items:center;gap:4px;padding:14px 10px 14px 16px;padding-inline:16px 10px}
.bar .grow{padding-inline:8px}
.bar>.back{margin-inline-start:-8px}
header :is(h1,h2){font-size:16px;font-weight:650;line-height:1.3;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.bar p{font-size:13px;line-height:1.35}
header .icon:hover{background:color-mix(in srgb,currentColor 16%,transparent)}
.menu svg{stroke-width:3}
header .face{position:relative;width:40px;height:40px;border-radius:50%;display:grid;place-items:center;font-size:17px;font-weight:650;flex:none;
  background:color-mix(in srgb,var(--on-brand) 18%,transparent)}
.face i{position:absolute;bottom:0;inset-inline-end:0;width:12px;height:12px;border-radius:50%;background:#3ddc84;border:2px solid var(--brand)}
.notice{display:flex;gap:8px;align-items:center;padding:8px 18px;font-size:13px;line-height:1.35;background:#0000002e;color:#fff}
.notice svg{width:16px;height:16px}
.notice.connecting{animation:late .8s step-end}
@keyframes late{from{position:absolute;opacity:0}}
.view{flex:1;overflow-y:auto;padding:16px;min-height:0;scrollbar-width:thin}
.quiet{color:var(--quiet)}
`;

const LOG = `
.log{position:relative;flex:1;overflow-y:auto;overscroll-behavior:contain;padding:16px;min-height:0;scrollbar-width:thin}
.log:focus-visible{outline-offset:-2px}
.greeting{padding:0 2px 4px;color:var(--quiet);white-space:pre-line}
.hero .bar{padding-bottom:6px}
.hero .log{padding-top:0}
.hero .greeting{margin:0 -16px 16px;padding:20px 22px 40px;background:linear-gradient(var(--brand),var(--shade));color:var(--on-brand);
  text-wrap:balance;font-size:27px;line-height:1.22;font-weight:700;letter-spacing:-.01em;border-radius:0 0 24px 24px}
.hero header{background:var(--brand)}
.hero .notice{margin:4px 16px 0;padding:8px 14px;border-radius:12px}
.day,.note{display:flex;justify-content:center;margin:16px 0 6px;font-size:12.5px;color:var(--quiet);text-align:center}
.day span::first-letter{text-transform:uppercase}
.note span{background:var(--soft);border-radius:12px;padding:4px 12px}
.said{display:flex;gap:8px;margin-top:3px}
.said.first{margin-top:12px}
.mine{justify-content:flex-end}
.body{display:flex;flex-direction:column;align-items:flex-start;gap:4px;max-width:84%;min-width:0}
.mine .body{align-items:flex-end}
.said .face{width:28px;flex:none;align-self:flex-end;margin-bottom:20px}
.last .face{height:28px;border-radius:50%;background:var(--soft);color:var(--link);display:grid;place-items:center;font-size:13px;font-weight:650}
.said .face svg{width:17px;height:17px}
.name{font-size:12.5px;color:var(--quiet);padding-inline-start:3px}
.name:empty{display:none}
.bubble{padding:9px 14px;border-radius:18px;background:var(--soft);white-space:pre-wrap;max-width:100%;unicode-bidi:plaintext;text-align:start}
.theirs.last .bubble{border-end-start-radius:6px}
.mine .bubble{background:var(--brand);color:var(--on-brand)}
.mine.last .bubble{border-end-end-radius:6px}
.mine .bubble a{color:inherit}
.waiting .bubble{opacity:.75}
.meta{display:flex;gap:4px;align-items:center;font-size:11.5px;line-height:16px;color:var(--quiet);padding:0 4px}
.said:not(.last) .meta{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.said{position:relative}
.tick svg{width:14px;height:14px;stroke-width:2.2}
.refused{display:flex;flex-wrap:wrap;gap:4px 12px;font-size:13px;color:var(--wrong);justify-content:flex-end}
.refused button{text-decoration:underline}
.buttons{display:flex;flex-wrap:wrap;gap:8px;padding-top:2px}
.buttons button{padding:7px 15px;border-radius:19px;border:1.5px solid var(--link);color:var(--link);font-weight:550;text-align:start}
.buttons button:hover:enabled{background:var(--soft)}
.buttons button:disabled{cursor:default;border-color:var(--line);color:var(--quiet)}
.buttons button[aria-pressed=true]{background:var(--brand);border-color:var(--brand);color:var(--on-brand)}
.card{border:1px solid var(--line);border-radius:16px;padding:12px 15px;background:var(--ground)}
.card h2{font-weight:650}
.card p{margin-top:3px;color:var(--quiet);font-size:14px}
article.card p{display:-webkit-box;-webkit-line-clamp:4;-webkit-box-orient:vertical;overflow:hidden}
.card a{display:inline-block;margin-top:6px}
.image{display:block;border-radius:14px;overflow:hidden;border:1px solid var(--line);background:var(--soft)}
.image img{display:block;max-width:100%;max-height:260px;min-width:60px;min-height:40px;object-fit:cover}
.file{display:flex;align-items:center;gap:10px;padding:9px 13px;border:1px solid var(--line);border-radius:14px;text-decoration:none;color:inherit;max-width:100%}
.file b{font-weight:550;display:block}
small{display:block;font-size:12.5px;color:var(--quiet)}
.typing{display:inline-flex;gap:4px;padding:13px 15px;margin-block-start:10px;margin-inline-start:36px;border-radius:18px;background:var(--soft)}
.typing i{width:7px;height:7px;border-radius:50%;background:var(--quiet);animation:blink 1.2s infinite}
.typing i:nth-of-type(2){animation-delay:.2s}.typing i:nth-of-type(3){animation-delay:.4s}
@keyframes blink{0%,60%,100%{opacity:.3}30%{opacity:1}}
`;

const COMPOSER = `
.composer{flex:none;margin:0 12px 12px;border:1px solid var(--line);border-radius:24px;background:var(--ground);box-shadow:0 1px 6px #0000000d}
.composer:focus-within{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
.line{display:flex;align-items:flex-end;gap:2px;padding:4px}
.line .icon{color:var(--quiet)}
.line .icon:hover{background:var(--soft)}
.line .send,.line .send:hover{background:var(--brand);color:var(--on-brand)}
.line .send svg{stroke-width:2.4}
.line .send[aria-disabled=true],.line .send[aria-disabled=true]:hover{background:var(--soft);color:var(--quiet);cursor:default}
textarea{flex:1;min-width:0;resize:none;border:0;background:none;padding:8px 4px;line-height:22px;max-height:132px;overflow-y:auto;display:block}
textarea::placeholder,input::placeholder{color:var(--quiet);opacity:1}
textarea:focus-visible{outline:none}
.problem{color:var(--wrong)}
.problem{font-size:13px;padding:8px 14px 0}
.drop{position:absolute;inset:8px;border:2px dashed var(--link);border-radius:14px;background:var(--ground);opacity:.94;display:grid;place-items:center;
  font-weight:600;pointer-events:none}
.page{inset:0}
.page header{padding-top:env(safe-area-inset-top)}
.page .panel{width:100%;max-width:none;height:100%;border-radius:0;animation:none;box-shadow:none}
.page .bar,.page .log,.page .view,.page .notice{padding-inline:max(16px,calc(50% - 360px))}
.page .hero .notice{margin:0;border-radius:0}
.page .hero .greeting{margin-inline:calc(-1*max(16px,50vw - 360px));padding-inline:max(20px,50vw - 360px);border-radius:0}
.page .composer{width:calc(100% - 24px);max-width:720px;margin-inline:auto}
@media (max-width:480px){
  .root:has(.panel){inset:0}
  .panel{width:100%;max-width:none;height:100%;border-radius:0}
  .composer{margin-bottom:max(12px,env(safe-area-inset-bottom))}
  textarea,input{font-size:16px!important}
}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.launcher,.bubble,.panel,.composer{border:1px solid}}
@media print{.root{display:none}}
`;

export const STYLES = FRAME + LOG + COMPOSER;
