import type { LinkForm } from '../../../../src/core/asset/links';

/** What a reader of the language sees. */
export interface WrittenLink {
	readonly path: string;
	readonly alt: string;
}

/** Reads a whole link by the rules of its language; the opposite of `linkFor`, written from the languages' descriptions. */
export function readLink(form: LinkForm, link: string): WrittenLink {
	switch (form) {
		case 'markdown': {
			const [, alt = '', path = ''] = match(/^!\[((?:\\.|[^\\[\]])*)\]\(([^\s()<>\\]+)\)$/su, link);
			return { path: decodeURIComponent(path), alt: alt.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1') };
		}
		case 'html': {
			const [, src = '', alt = ''] = match(/^<img src="([^"<>{}]*)" alt="([^"<>{}]*)">$/, link);
			return { path: decodeURIComponent(entities(src)), alt: entities(alt) };
		}
		case 'jsx': {
			const [, src = '', alt = ''] = match(/^<img src=("[^"\\&<>{}]*") alt=("[^"\\&<>{}]*"|\{"(?:\\.|[^"\\<>])*"\}) \/>$/, link);
			return {
				path: decodeURIComponent(src.slice(1, -1)),
				alt: alt.startsWith('{') ? String(JSON.parse(alt.slice(1, -1))) : alt.slice(1, -1),
			};
		}
		case 'css': {
			const [, path = ''] = match(/^url\("([^"\\\n(){}#$]*)"\)$/, link);
			return { path: decodeURIComponent(path), alt: '' };
		}
		case 'restructuredtext': {
			const [, path = '', alt = ''] = match(/^\.\. image:: ((?:\\.|[^\\\s])+)\n {3}:alt:(?: (.+))?$/u, link);
			return { path: path.replaceAll(/\\(.)/g, '$1'), alt };
		}
		case 'asciidoc': {
			const [, path = '', quoted, plain] = match(/^image::([^\s[](?:[^\n[]*[^\s[])?)\[(?:"([^"\]]*)"|([^",=\]]+))\]$/, link);
			return { path: decodeURIComponent(path), alt: entities(quoted ?? plain ?? '') };
		}
		case 'latex': {
			const [, alt = '', path = ''] = match(/^\\includegraphics(?:\[alt=\{(.*)\}\])?\{(.*)\}$/su, link);
			return { path: latexPath(path), alt: latexText(alt) };
		}
		case 'typst': {
			const [, path = '', alt = ''] = match(/^#image\("((?:\\.|[^"\\])*)"(?:, alt: "((?:\\.|[^"\\])*)")?\)$/u, link);
			return { path: path.replaceAll(/\\(.)/g, '$1'), alt: alt.replaceAll(/\\(.)/g, '$1') };
		}
		case 'org': {
			const [, alt = '', path = ''] = match(/^(?:#\+ATTR_HTML: :alt (.+)\n)?\[\[file:((?:\\.|[^\\[\]])+)\]\]$/u, link);
			return { path: path.replaceAll(/\\([[\]\\])/g, '$1'), alt };
		}
		case 'path':
			return { path: link, alt: '' };
	}
}

function match(pattern: RegExp, link: string): RegExpExecArray {
	const found = pattern.exec(link);
	if (!found) {
		throw new Error(`Not a link: ${link}`);
	}
	return found;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function entities(text: string): string {
	return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (written, code?: string, name?: string) =>
		code === undefined ? (named[name ?? ''] ?? written) : String.fromCodePoint(Number(code)),
	);
}

const latexWords: Readonly<Record<string, string>> = { textbackslash: '\\', textasciitilde: '~', textasciicircum: '^' };

function latexText(text: string): string {
	if (/(?<!\\)(?:\\\\)*[%#$&_~^]/.test(text.replaceAll(/\\[{}%#$&_]/g, ''))) {
		throw new Error(`Unescaped: ${text}`);
	}
	return text.replaceAll(/\\(?:([a-z]+)\{\}|(.))/g, (_, word?: string, character?: string) =>
		word === undefined ? (character ?? '') : (latexWords[word] ?? '?'),
	);
}

const latexNames: Readonly<Record<string, string>> = { backslashchar: '\\', charlb: '{', charrb: '}', percentchar: '%' };

function latexPath(path: string): string {
	return path.replaceAll(
		/\\csname @(\w+)\\endcsname |\\string(.)/g,
		(_, name?: string, character?: string) => character ?? latexNames[name ?? ''] ?? '?',
	);
}
