import type { Credential } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { StoredPicture } from '../../core/run/ports';
import type { AnswerTarget } from '../answer/answerCollector';
import { asRecord, asText } from '../answer/json';
import { createTransport } from '../transport/transport';
import type { TransportOptions } from '../transport/transport';
import { TransportError } from '../transport/transportError';

/** How pictures are fetched that an answer only points to. */
export interface DownloadOptions extends TransportOptions {
	/** Address that a relative one is relative to: the request's. */
	readonly baseUrl: string;
	readonly origin: string;
	readonly credential: Credential;
}

/** The pictures that could be fetched, in order, and why the first of the others could not. */
export interface Downloads {
	readonly pictures: readonly StoredPicture[];
	readonly failure?: RunFailure;
	readonly isCancelled?: boolean;
}

/**
 * Fetches the pictures that stand in `data` as addresses. Only from the connection's own origin: the answer of a server must
 * not send us, let alone the key, to another place. Rejects only when the spool fails.
 */
export async function downloadPictures(
	facts: Readonly<Record<string, unknown>>,
	target: AnswerTarget,
	options: DownloadOptions,
): Promise<Downloads> {
	const pictures: StoredPicture[] = [];
	const list: readonly unknown[] = Array.isArray(facts.data) ? facts.data : [];
	for (const [index, candidate] of target.candidates.entries()) {
		const address = asText(asRecord(list[index])?.url);
		if (address === undefined) {
			continue;
		}
		const picture = await download(address, candidate, target, options);
		if (!('sha256' in picture)) {
			return { pictures, ...picture };
		}
		pictures.push(picture);
		target.onPicture(picture);
	}
	return { pictures };
}

type Missed = Pick<Downloads, 'failure' | 'isCancelled'>;

async function download(
	address: string,
	candidate: number,
	target: AnswerTarget,
	options: DownloadOptions,
): Promise<StoredPicture | Missed> {
	const url = URL.canParse(address, options.baseUrl) ? new URL(address, options.baseUrl) : undefined;
	if (url?.origin !== options.origin) {
		const where = url === undefined || url.origin === 'null' ? 'an address that is not its own' : url.origin;
		return missed(
			`The server made the picture but points to ${where} for it. Pictures are only fetched from ${options.origin}. Have the server answer with b64_json.`,
		);
	}
	try {
		const headers = new Headers({ accept: 'image/*' });
		if (options.credential.kind === 'apiKey') {
			headers.set('authorization', `Bearer ${options.credential.key}`);
		}
		const response = await createTransport(options)(url, { headers });
		if (response.status !== 200 || !response.body) {
			await response.body?.cancel();
			return missed(`The server made the picture but answered HTTP ${response.status} when it was fetched from ${url.pathname}.`);
		}
		return await store(response.body, candidate, target);
	} catch (error) {
		if (!(error instanceof TransportError)) {
			throw error;
		}
		return error.kind === 'aborted'
			? { isCancelled: true }
			: missed(`The server made the picture, but the connection was lost while it was fetched from ${url.pathname}.`);
	}
}

async function store(body: ReadableStream<Uint8Array>, candidate: number, { spool }: AnswerTarget): Promise<StoredPicture | Missed> {
	const writer = spool.open('final', candidate);
	const reader = body.getReader();
	try {
		for (let read = await reader.read(); !read.done; read = await reader.read()) {
			await writer.write(read.value);
		}
	} catch (error) {
		await reader.cancel().catch(() => undefined); // it has failed, or the spool has
		await writer.abandon();
		throw error;
	}
	const outcome = await writer.finish();
	switch (outcome.kind) {
		case 'stored':
			return outcome.picture;
		case 'notAPicture':
			return missed(`What the server gave as a picture is ${outcome.detail}.`);
		case 'incomplete':
			return missed(`The picture that was fetched is cut off after ${outcome.bytes} bytes; they are kept in the run’s folder.`);
	}
}

function missed(message: string): Missed {
	return { failure: { kind: 'badResponse', message } };
}
