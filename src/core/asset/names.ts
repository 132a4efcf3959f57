import { fileExtension, type ImageFormat } from '../image/imageFormat';
import { fileNameOf, splitExtension } from './relativePath';
import { unsafeSegment, utf8Length } from './safePath';

const maxSlugLength = 60;
/** Four-byte letters would not leave room for a suffix and an extension in 255 bytes. */
const maxSlugBytes = 180;

/** A file name made of the words of `text`, in lower case and joined by hyphens; `image` when there are none. */
export function slug(text: string): string {
	const words = text
		.toWellFormed()
		.normalize('NFC')
		.toLowerCase()
		.normalize('NFC')
		.replaceAll(/\p{Default_Ignorable_Code_Point}|(?<=\p{L})['’](?=\p{L})/gu, '')
		.match(/[\p{L}\p{M}\p{N}]+/gu);
	const name = joinWords(words ?? []);
	return name === '' || unsafeSegment(name) === undefined ? name || 'image' : `image-${name}`;
}

function joinWords(words: readonly string[]): string {
	let joined = '';
	for (const word of words) {
		const longer = joined === '' ? fit(word) : `${joined}-${word}`;
		if (longer !== fit(longer)) {
			break;
		}
		joined = longer;
	}
	return joined;
}

/** Cut between characters, never inside a pair or before a combining mark. */
function fit(text: string): string {
	const letters = text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
	let cut = '';
	for (const letter of letters) {
		if (cut.length + letter.length > maxSlugLength || utf8Length(cut + letter) > maxSlugBytes) {
			break;
		}
		cut += letter;
	}
	return cut;
}

/** What `{{name}}` in a path template can stand for. */
export interface NameValues {
	/** Words of the alternative text or the prompt; made into a slug here. */
	readonly slug: string;
	readonly format: ImageFormat;
	/** Zero-based number of the candidate; people count from one. */
	readonly candidate: number;
	/** `2026-11-20` */
	readonly date: string;
	/** File name of the document or prompt file, without folder. */
	readonly documentName: string;
	readonly model: string;
	/** `1536x1024` */
	readonly size: string;
	readonly runId: string;
}

/** Fills `{{slug}}`, `{{ext}}`, `{{index}}`, `{{date}}`, `{{name}}`, `{{model}}`, `{{size}}` and `{{runId}}`; others stay as they are. */
export function fillName(template: string, values: NameValues): string {
	const filled: Readonly<Record<string, string>> = {
		slug: slug(values.slug),
		ext: fileExtension(values.format),
		index: String(values.candidate + 1),
		date: asSegment(values.date),
		name: asSegment(splitExtension(values.documentName)[0]) || 'image',
		model: asSegment(values.model),
		size: asSegment(values.size),
		runId: asSegment(values.runId),
	};
	return template.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (written, name: string) =>
		Object.hasOwn(filled, name) ? (filled[name] ?? written) : written,
	);
}

/** A value from outside (a model id, a document's name) must not bring folders or devices into a path. */
function asSegment(value: string): string {
	return value
		.normalize('NFC')
		.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}/\\:*?"<>|]+/gu, '-')
		.replace(/^[.\s]+/, '')
		.replace(/(?<![.\s])[.\s]+$/, '');
}

/** Every extension that tells the truth about a format. */
const extensionsOf: Readonly<Record<ImageFormat, readonly string[]>> = {
	png: ['png'],
	jpeg: ['jpg', 'jpeg', 'jpe'],
	webp: ['webp'],
	gif: ['gif'],
};

const pictureExtensions = new Set([
	...['png', 'apng', 'jpg', 'jpeg', 'jpe', 'jfif', 'webp', 'gif', 'avif', 'bmp', 'tif', 'tiff', 'svg', 'ico', 'heic', 'heif', 'jxl'],
]);

/**
 * The path with an extension that tells the truth about the bytes. A wrong picture extension is exchanged; any other is part of
 * the name, so that a picture never becomes a script. `instead` is the extension that was written, when it was exchanged.
 */
export function withTrueExtension(path: string, format: ImageFormat): { readonly path: string; readonly instead?: string } {
	const [stem, written] = splitExtension(fileNameOf(path));
	if (extensionsOf[format].includes(written.toLowerCase())) {
		return { path };
	}
	const folder = path.slice(0, path.length - fileNameOf(path).length);
	if (pictureExtensions.has(written.toLowerCase())) {
		return { path: `${folder}${stem}.${fileExtension(format)}`, instead: written };
	}
	return { path: `${path}.${fileExtension(format)}` };
}

/**
 * `path` when its name is free, else with `-2`, `-3` … before the extension. `taken` are the names in its folder; letter case and
 * Unicode form make no difference, because they make none on many disks.
 */
export function freePath(path: string, taken: readonly string[]): string {
	const names = new Set(taken.map(comparable));
	const fileName = fileNameOf(path);
	if (!names.has(comparable(fileName))) {
		return path;
	}
	const [stem, extension] = splitExtension(fileName);
	const prefix = path.slice(0, path.length - fileName.length);
	for (let number = 2; ; number++) {
		const ending = `-${number}${extension && `.${extension}`}`;
		const name = shortened(stem, ending) + ending;
		if (!names.has(comparable(name))) {
			return prefix + name;
		}
	}
}

function comparable(name: string): string {
	return name.normalize('NFC').toLowerCase();
}

function shortened(stem: string, ending: string): string {
	const characters = Array.from(stem);
	while (utf8Length(characters.join('') + ending) > 255) {
		characters.pop();
	}
	return characters.join('');
}

/** What the path templates of one insertion come to, relative to the document's folder. */
export function namedPath(folder: string, nameTemplate: string, values: NameValues): string {
	const name = fillName(nameTemplate.trim() || '{{slug}}.{{ext}}', values);
	return folder === '' ? name : `${folder.replace(/\/+$/, '')}/${name}`;
}
