// Markdown that people wrote, shown so that nothing in it can run, load or lead astray.
import DOMPurify from "dompurify";
import type { Token, Tokens } from "marked";
import { Marked } from "marked";

const FORBIDDEN = ["style", "form", "input", "button", "textarea", "select", "audio", "video"];

/**
 * @param below the heading that it stands under: its own headings are smaller
 */
export function markdown(text: string, below: number): DocumentFragment {
  const marked = new Marked({
    gfm: true,
    walkTokens: (token: Token) => {
      if (token.type === "heading") {
        (token as Tokens.Heading).depth = Math.min(6, (token as Tokens.Heading).depth + below);
      }
    },
  });
  const fragment = DOMPurify.sanitize(marked.parse(text, { async: false }), {
    USE_PROFILES: { html: true },
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: ["style", "class", "id", "name"],
    RETURN_DOM_FRAGMENT: true,
  });
  fragment.querySelectorAll("a[href]").forEach(mendLink);
  fragment.querySelectorAll("img, picture, svg").forEach(mendImage);
  for (const scrolling of fragment.querySelectorAll("pre, table")) {
    scrolling.setAttribute("tabindex", "0");
  }
  return fragment;
}

/** The first words, without marks. */
export function plain(text: string, most = 160): string {
  const words = markdown(text, 0).textContent.replaceAll(/\s+/g, " ").trim();
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`;
}

/** Links lead to nodes of the site, or out into the web; files of the project are not here. */
function mendLink(link: Element): void {
  const href = link.getAttribute("href") ?? "";
  if (/^(https?:|mailto:)/i.test(href)) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  } else if (!href.startsWith("#!/")) {
    link.removeAttribute("href");
  }
}

/** The page loads nothing from elsewhere: a picture that it does not hold is named. */
function mendImage(image: Element): void {
  const source = image.getAttribute("src") ?? "";
  if (!source.startsWith("data:image/")) {
    const words = image.getAttribute("alt") ?? "";
    if (/^https?:/i.test(source)) {
      const link = document.createElement("a");
      link.href = source;
      link.textContent = words === "" ? source : words;
      mendLink(link);
      image.replaceWith(link);
    } else {
      image.replaceWith(words);
    }
  }
}
