import type { ServerResponse } from 'http';
import type { Behaviour, Moment } from './behaviour';
import { facts } from './answers';
import type { Painting } from './answers';

/** A piece of a body. `moment` stands right before it. */
export interface Segment {
	readonly bytes: Buffer;
	readonly moment?: Moment;
	/** Ends a pause between events. */
	readonly isEvent?: boolean;
}

/** The plain JSON answer. `address` turns the number of a picture into what stands under `url`. */
export function plainAnswer(painting: Painting, behaviour: Behaviour, address: (index: number) => string): Segment[] {
	const segments: Segment[] = [text(`{"created":1763600000,"data":[`)];
	painting.pictures.forEach((picture, index) => {
		const comma = index === 0 ? '' : ',';
		if (behaviour.as === undefined || behaviour.as === 'b64_json' || behaviour.as === 'dataUrl') {
			const opening = behaviour.as === 'dataUrl' ? `"url":"data:image/${painting.format};base64,` : '"b64_json":"';
			const beside = behaviour.beside ? `,${JSON.stringify(behaviour.beside).slice(1, -1)}` : '';
			segments.push(text(`${comma}{${opening}`), ...base64(picture, 'midPicture'), text(`"${beside}}`));
		} else {
			segments.push(text(`${comma}{"url":${JSON.stringify(address(index))}}`));
		}
	});
	const rest = JSON.stringify(facts(painting, behaviour.omit)).slice(1, -1);
	segments.push({ ...text(`]${rest === '' ? '' : ','}${rest}}`), moment: 'beforeFinal' });
	segments.push({ ...text('\n'), moment: 'beforeDone' });
	return segments;
}

/** The answer as a stream of events, with a comment between them as a proxy would put it there. */
export function streamedAnswer(painting: Painting, behaviour: Behaviour): Segment[] {
	const { usage, ...shared } = facts(painting, behaviour.omit);
	const segments: Segment[] = [];
	painting.partials.forEach((picture, index) => {
		const fields = { ...shared, created_at: 1763600000, partial_image_index: index };
		segments.push(...event('image_generation.partial_image', fields, picture, 'midPartial', behaviour), text(': keep-alive\n\n'));
	});
	if (behaviour.errorEvent !== undefined) {
		return [...segments, { ...text(`data: ${JSON.stringify(behaviour.errorEvent)}\n\n`), isEvent: true }];
	}
	const last = { ...shared, created_at: 1763600000, ...(usage === undefined ? {} : { usage }) };
	const [picture = Buffer.alloc(0)] = painting.pictures;
	const [head, ...others] = event('image_generation.completed', last, picture, 'midPicture', behaviour);
	segments.push({ ...(head ?? text('')), moment: 'beforeFinal' }, ...others);
	return behaviour.noDone ? segments : [...segments, { ...text('data: [DONE]\n\n'), moment: 'beforeDone' }];
}

/** Sends the segments as the behaviour says. Resolves when the answer is over, or when it was torn or is left hanging. */
export async function sendSegments(response: ServerResponse, segments: readonly Segment[], behaviour: Behaviour): Promise<void> {
	let { silence } = behaviour;
	for (const { bytes, moment, isEvent } of segments) {
		if (isEvent && behaviour.paceMs !== undefined) {
			await pause(behaviour.paceMs, response);
		}
		if (silence && silence.at === moment) {
			await pause(silence.ms, response);
			silence = undefined;
		}
		if (response.destroyed || (moment !== undefined && stopsHere(response, moment, behaviour))) {
			return;
		}
		await sendInChunks(response, bytes, behaviour);
	}
	response.end();
}

/** Whether the answer ends at this moment, and then does to it what was ordered. */
export function stopsHere(response: ServerResponse, moment: Moment, { reset, cut, hang }: Behaviour): boolean {
	if (reset === moment) {
		tear(response);
	} else if (cut === moment) {
		response.end();
	}
	return reset === moment || cut === moment || hang === moment;
}

/** Waits, unless the client goes away first. */
export async function pause(ms: number, response: ServerResponse): Promise<void> {
	await new Promise<void>(resolve => {
		const timer = setTimeout(done, ms);
		response.once('close', done);
		function done() {
			clearTimeout(timer);
			response.off('close', done);
			resolve();
		}
	});
}

async function sendInChunks(response: ServerResponse, bytes: Buffer, { chunkBytes = 65_536, paceMs }: Behaviour): Promise<void> {
	for (let start = 0; start < bytes.length && !response.destroyed; start += chunkBytes) {
		if (!response.write(bytes.subarray(start, start + chunkBytes))) {
			await drained(response);
		}
		if (paceMs !== undefined && start + chunkBytes < bytes.length) {
			await pause(paceMs, response);
		}
	}
}

async function drained(response: ServerResponse): Promise<void> {
	await new Promise<void>(resolve => {
		const done = () => {
			response.off('drain', done);
			response.off('close', done);
			resolve();
		};
		response.once('drain', done);
		response.once('close', done);
	});
}

function tear(response: ServerResponse): void {
	const socket = response.socket;
	// What was written so far has to leave before the RST overtakes it.
	setTimeout(() => {
		if (socket && 'encrypted' in socket) {
			socket.destroy();
		} else {
			socket?.resetAndDestroy();
		}
	}, 20);
}

function event(type: string, fields: Record<string, unknown>, picture: Buffer, middle: Moment, { typeLast }: Behaviour): Segment[] {
	const rest = JSON.stringify(fields).slice(1, -1);
	const opening = typeLast ? 'data: {"b64_json":"' : `event: ${type}\ndata: {"type":"${type}",${rest},"b64_json":"`;
	const closing = typeLast ? `",${rest},"type":"${type}"}\n\n` : '"}\n\n';
	return [{ ...text(opening), isEvent: true }, ...base64(picture, middle), text(closing)];
}

function base64(picture: Buffer, middle: Moment): Segment[] {
	const bytes = Buffer.from(picture.toString('base64'), 'latin1');
	const half = bytes.length >> 1;
	return [{ bytes: bytes.subarray(0, half) }, { bytes: bytes.subarray(half), moment: middle }];
}

function text(content: string): Segment {
	return { bytes: Buffer.from(content) };
}
