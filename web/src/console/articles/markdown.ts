/** Markdown as safe HTML: HTML in it stays text, strange addresses lead nowhere; what is left is cleaned once more. */
import DOMPurify from "dompurify";
import { Marked } from "marked";

const ADDRESS = /^(?:https?:|mailto:|tel:|\/(?!\/)|#)/i;
const TAGS = ["p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "table", "thead", "tbody", "tr", "th", "td", "img"];
const ATTRIBUTES = ["href", "title", "alt", "src", "start", "align"];

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const marked = new Marked({
  gfm: true, breaks: false, async: false,
  renderer: {
    html: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      return ADDRESS.test(href) ? `<a href="${escaped(href)}">${words}</a>` : words;
    },
    image: ({ href, text }) => (ADDRESS.test(href) ? `<img src="${escaped(href)}" alt="${escaped(text)}">` : escaped(text)),
  },
});

/** The first step, without a document: already without anything that could run. */
export function render(markdown: string): string {
  return marked.parse(markdown) as string;
}

let hooked = false;

export function toHtml(markdown: string): string {
  if (!hooked) {
    hooked = true;
    DOMPurify.addHook("afterSanitizeAttributes", (node) => {
      if (node.tagName !== "A") return;
      node.setAttribute("target", "_blank");
      node.setAttribute("rel", "noopener noreferrer nofollow");
    });
  }
  return DOMPurify.sanitize(render(markdown), { ALLOWED_TAGS: TAGS, ALLOWED_ATTR: ATTRIBUTES, ALLOWED_URI_REGEXP: ADDRESS });
}
