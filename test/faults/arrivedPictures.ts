import { finalName, pictureStem, spoolEnding } from '../../src/host/records/pictureNames';

/** A picture that arrived, or the beginning of one. */
export interface ArrivedPicture {
	readonly role: 'partial' | 'final';
	/** Zero-based, among those of its role. */
	readonly number: number;
	readonly bytes: Buffer;
	readonly isWhole: boolean;
	/** Under which it has to lie in the run's folder. */
	readonly fileName: string;
}

/** Reads the pictures out of what a client was given of an HTTP answer, to the last byte. */
export function arrivedPictures(delivered: Buffer): readonly ArrivedPicture[] {
	const text = delivered.toString('latin1');
	const isStream = text.includes('text/event-stream');
	const counts = { partial: 0, final: 0 };
	return [...bodyOf(text).matchAll(/(partial_image"[^{}]*)?"b64_json":"([A-Za-z0-9+/=]*)("?)/g)].map(match => {
		const [, partial, base64 = '', end] = match;
		const role = partial === undefined ? 'final' : 'partial';
		const number = counts[role]++;
		const isWhole = end === '"';
		const bytes = Buffer.from(base64, 'base64'); // to the last byte of which all bits are there
		const stem = isStream ? pictureStem(role, 0, number + 1) : pictureStem(role, number, 1);
		return { role, number, bytes, isWhole, fileName: isWhole ? finalName(stem, 'png') : stem + spoolEnding };
	});
}

/** The body of a chunked answer that may be cut off anywhere. */
function bodyOf(answer: string): string {
	let place = answer.indexOf('\r\n\r\n') + 4;
	let body = '';
	for (let head = /^([0-9a-f]+)\r\n/i.exec(answer.slice(place)); head; head = /^([0-9a-f]+)\r\n/i.exec(answer.slice(place))) {
		const start = place + head[0].length;
		const end = start + Number.parseInt(head[1] ?? '', 16);
		body += answer.slice(start, end);
		place = end + 2;
	}
	return body;
}
