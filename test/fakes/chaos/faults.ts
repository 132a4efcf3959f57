/**
 * What a network does to a connection, from a moment on. `latency`: every piece comes late. `bandwidth`: a trickle. `slicer`: in
 * tiny segments. `slowClose`: everything arrives, but the other end's close never does. `timeout`: nothing more arrives, and
 * nothing ends. `reset`: torn with RST. `cut`: ended with FIN, under TLS without a farewell. (The names are Toxiproxy's, but
 * for `cut`.)
 */
export const faults = ['latency', 'bandwidth', 'slicer', 'slowClose', 'timeout', 'reset', 'cut'] as const;

export type Fault = (typeof faults)[number];

/** Faults that slow down, but let everything through. */
export type Pace = Extract<Fault, 'latency' | 'bandwidth' | 'slicer'>;

/**
 * When a fault strikes, in the order of an exchange. `midPartial`: within the second partial picture. `beforeFinal`: between
 * two events of a stream. `midFinal`: within the last final picture. `beforeLast`: every picture is there; a stream lacks
 * `[DONE]`, a plain answer what follows its pictures.
 */
export const moments = [
	'connect',
	'tlsHandshake',
	'midUpload',
	'beforeHeaders',
	'afterHeaders',
	'midPartial',
	'beforeFinal',
	'midFinal',
	'beforeLast',
] as const;

export type Moment = (typeof moments)[number];

/** How far into the base64 of a picture its middle is taken to be, in bytes on the wire: a partial one of the fake is short. */
const intoPartial = 80;
const intoFinal = 9000;

const partialEvent = 'event: image_generation.partial_image';
const finalEvent = 'event: image_generation.completed';
const pictureStart = '"b64_json":"';

/** Where in `request` (what the client has sent so far, as Latin-1) the fault strikes; `undefined`: not yet, or elsewhere. */
export function momentOfUpload(moment: Moment, request: string): number | undefined {
	const body = behind(request, '\r\n\r\n');
	const length = Number(/^content-length: (\d+)/im.exec(request)?.[1]);
	return moment === 'midUpload' ? within(request, body, length >> 1) : undefined;
}

/** Where in `answer` (what the host has sent so far, as Latin-1) the fault strikes; `undefined`: not yet, or elsewhere. */
export function momentOfDownload(moment: Moment, answer: string): number | undefined {
	const isStream = answer.includes('text/event-stream');
	switch (moment) {
		case 'beforeHeaders':
			return 0;
		case 'afterHeaders':
			return behind(answer, '\r\n\r\n');
		case 'midPartial':
			return within(answer, behind(answer, partialEvent, partialEvent, pictureStart), intoPartial);
		case 'beforeFinal':
			return before(answer, finalEvent);
		case 'midFinal':
			return within(answer, behind(answer, isStream ? finalEvent : pictureStart, pictureStart), intoFinal);
		case 'beforeLast':
			return isStream ? behind(answer, finalEvent, pictureStart, '"}\n\n') : before(answer, '],"background"');
		default:
			return undefined;
	}
}

function before(text: string, mark: string): number | undefined {
	const at = text.indexOf(mark);
	return at < 0 ? undefined : at;
}

/** The place right behind all of `marks`, which stand in this order. */
function behind(text: string, ...marks: readonly string[]): number | undefined {
	let place = 0;
	for (const mark of marks) {
		const at = text.indexOf(mark, place);
		if (at < 0) {
			return undefined;
		}
		place = at + mark.length;
	}
	return place;
}

/** `distance` behind `start`, as soon as the text reaches so far. */
function within(text: string, start: number | undefined, distance: number): number | undefined {
	return start !== undefined && text.length >= start + distance ? start + distance : undefined;
}
