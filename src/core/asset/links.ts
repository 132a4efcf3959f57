import { assertNever } from '../result';
import { normalizeAlt } from './altText';
import {
	asciiDocTarget,
	escapeAsciiDocAttribute,
	escapeDirectivePath,
	escapeHtmlAttribute,
	escapeLatex,
	escapeLatexPath,
	escapeMarkdown,
	escapeTypstString,
	jsxAttribute,
} from './linkEscapes';
import { encodePath } from './relativePath';

/** The ways in which documents refer to a picture. */
export type LinkForm = 'markdown' | 'html' | 'jsx' | 'css' | 'restructuredtext' | 'asciidoc' | 'latex' | 'typst' | 'org' | 'path';

/** VS Code's language ids by form. MDX, Quarto and notebooks read Markdown images. */
const languagesOf: Readonly<Record<Exclude<LinkForm, 'path'>, readonly string[]>> = {
	markdown: ['markdown', 'mdx', 'quarto', 'rmd', 'rmarkdown', 'juliamarkdown', 'prompt', 'instructions', 'chatagent', 'skill'],
	html: [
		...['html', 'vue', 'vue-html', 'svelte', 'astro', 'angular', 'handlebars', 'php', 'razor', 'aspnetcorerazor', 'blade', 'twig'],
		...['liquid', 'ejs', 'erb', 'html.erb', 'html-eex', 'phoenix-heex', 'django-html', 'jinja-html', 'nunjucks'],
	],
	jsx: ['javascriptreact', 'typescriptreact'],
	css: ['css', 'scss', 'less', 'sass', 'postcss', 'stylus'],
	restructuredtext: ['restructuredtext', 'rst'],
	asciidoc: ['asciidoc', 'adoc'],
	latex: ['latex', 'tex'],
	typst: ['typst', 'typ'],
	org: ['org', 'org-mode'],
};

/** For languages that no installed extension knows, so that VS Code calls them `plaintext`. */
const extensionsOf: Readonly<Record<Exclude<LinkForm, 'path'>, readonly string[]>> = {
	markdown: ['md', 'markdown', 'mdx', 'mdown', 'mkd', 'qmd', 'rmd', 'ipynb'],
	html: ['html', 'htm', 'xhtml', 'vue', 'svelte', 'astro'],
	jsx: ['jsx', 'tsx'],
	css: ['css', 'scss', 'less', 'sass', 'pcss'],
	restructuredtext: ['rst', 'rest'],
	asciidoc: ['adoc', 'asciidoc', 'asc'],
	latex: ['tex', 'ltx', 'latex'],
	typst: ['typ'],
	org: ['org'],
};

/** What a link is made of. */
export interface LinkParts {
	/** VS Code's language id. */
	readonly languageId: string;
	/** The document's file extension with or without dot; decides when the language is unknown. */
	readonly extension?: string;
	/** Relative to the document, with `/`, not encoded. An address with a scheme is taken as it is. */
	readonly path: string;
	/** Empty: a decorative picture. */
	readonly alt: string;
	/** In pixels. Written where it spares the page a jump: HTML and JSX. */
	readonly width?: number;
	readonly height?: number;
	/** The link gets a line of its own (default). AsciiDoc and Org write another form inside a line. */
	readonly isAlone?: boolean;
}

/** How documents of this language refer to pictures; `path` when nothing better is known. */
export function linkFormOf(languageId: string, extension = ''): LinkForm {
	return formWith(languagesOf, languageId) ?? formWith(extensionsOf, extension.replace(/^\./, '').toLowerCase()) ?? 'path';
}

function formWith(table: typeof languagesOf, name: string): LinkForm | undefined {
	return (Object.keys(table) as (keyof typeof table)[]).find(form => table[form].includes(name));
}

/** The text that shows the picture at `path` in a document of the given language. */
export function linkFor(parts: LinkParts): string {
	const alt = normalizeAlt(parts.alt);
	const isAlone = parts.isAlone ?? true;
	const form = linkFormOf(parts.languageId, parts.extension);
	const isAddress = /^[a-z][a-z0-9+.-]+:\/\//i.test(parts.path);
	const url = isAddress ? parts.path : encodePath(parts.path);
	switch (form) {
		case 'markdown':
			return `![${escapeMarkdown(alt)}](${url})`;
		case 'html':
			return `<img src="${escapeHtmlAttribute(url)}" alt="${escapeHtmlAttribute(alt)}"${htmlSize(parts)}>`;
		case 'jsx':
			return `<img src=${jsxAttribute(url)} alt=${jsxAttribute(alt)}${jsxSize(parts)} />`;
		case 'css':
			return `url("${url}")`;
		case 'restructuredtext':
			return `.. image:: ${escapeDirectivePath(parts.path)}\n   :alt:${alt && ` ${alt}`}`;
		case 'asciidoc':
			return `image:${isAlone ? ':' : ''}${isAddress ? url : asciiDocTarget(url)}[${escapeAsciiDocAttribute(alt)}]`;
		case 'latex':
			return `\\includegraphics${alt && `[alt={${escapeLatex(alt)}}]`}{${escapeLatexPath(parts.path)}}`;
		case 'typst':
			return `#image("${escapeTypstString(parts.path)}"${alt && `, alt: "${escapeTypstString(alt)}"`})`;
		case 'org':
			return `${isAlone && alt ? `#+ATTR_HTML: :alt ${alt}\n` : ''}[[file:${parts.path.replaceAll(/[[\]\\]/g, '\\$&')}]]`;
		case 'path':
			return parts.path;
		default:
			return assertNever(form);
	}
}

function htmlSize({ width, height }: LinkParts): string {
	return width && height ? ` width="${width}" height="${height}"` : '';
}

function jsxSize({ width, height }: LinkParts): string {
	return width && height ? ` width={${width}} height={${height}}` : '';
}
