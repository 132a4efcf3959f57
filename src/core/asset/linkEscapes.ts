/** Text of a Markdown image description. Also safe in tables, beside formulas, and (with braces) in MDX. */
export function escapeMarkdown(text: string): string {
	return text.replaceAll(/[\\`*_[\]<>$~|{}]|&(?=#?\w+;)|:(?=\/\/)/g, '\\$&');
}

/** Value of a double-quoted attribute. Braces too, because Svelte, Angular and Handlebars would evaluate them. */
export function escapeHtmlAttribute(text: string): string {
	return text.replaceAll(/[&<>"{}]/g, character => htmlEntities[character] ?? character);
}

const htmlEntities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'{': '&#123;',
	'}': '&#125;',
};

/** Value of a JSX attribute with its delimiters: a plain string, or an expression when the text needs escaping. */
export function jsxAttribute(text: string): string {
	return /["\\&<>{}]/.test(text) ? `{${JSON.stringify(text).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')}}` : `"${text}"`;
}

/**
 * First positional attribute of an AsciiDoc image macro. Runs of dots, dashes and colons and every `@` too, because they would
 * become an ellipsis, a dash, a description list or a link. Quotes mean an empty text; without them the file's name would be read out.
 */
export function escapeAsciiDocAttribute(text: string): string {
	const literal = text.replaceAll(/[\\{}[\]<>&`*_#^~+'"|();@]|\.(?=\.)|-(?=-)|:(?=[:/])/g, character => `&#${character.charCodeAt(0)};`);
	return literal === '' || /[,=]/.test(literal) ? `"${literal}"` : literal;
}

/**
 * Target of an AsciiDoc image macro, from a path that is percent-encoded already: spaces are literal again, because every back
 * end encodes them itself and PDF and EPUB look for the file under its own name; what would become formatting is encoded.
 */
export function asciiDocTarget(encodedPath: string): string {
	return encodedPath
		.replaceAll('%20', ' ')
		.replaceAll(
			/[+~@]|_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_|-(?=-)|\.(?=\.\.)/gu,
			character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
		);
}

/** Text between braces in LaTeX. */
export function escapeLatex(text: string): string {
	return text.replaceAll(/[\\{}%#$&_~^]/g, character => latexText[character] ?? character);
}

const latexText: Readonly<Record<string, string>> = {
	'\\': '\\textbackslash{}',
	'{': '\\{',
	'}': '\\}',
	'%': '\\%',
	'#': '\\#',
	$: '\\$',
	'&': '\\&',
	_: '\\_',
	'~': '\\textasciitilde{}',
	'^': '\\textasciicircum{}',
};

/** A file name in `\includegraphics`: characters that TeX reads in its own way are given by name. */
export function escapeLatexPath(path: string): string {
	return path.replaceAll(/[\\{}%#&~]/g, character => latexPath[character] ?? character);
}

const latexPath: Readonly<Record<string, string>> = {
	'\\': '\\csname @backslashchar\\endcsname ',
	'{': '\\csname @charlb\\endcsname ',
	'}': '\\csname @charrb\\endcsname ',
	'%': '\\csname @percentchar\\endcsname ',
	'#': '\\string#',
	'&': '\\string&',
	'~': '\\string~',
};

/** Inside a Typst string. */
export function escapeTypstString(text: string): string {
	return text.replaceAll(/["\\]/g, '\\$&');
}

/** The argument of a reStructuredText directive: unescaped white space would be dropped from a path. */
export function escapeDirectivePath(path: string): string {
	return path.replaceAll(/[\\\s]/g, '\\$&');
}
