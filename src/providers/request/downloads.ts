import { secretOf, type Connection, type Credential } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { StoredPicture } from '../../core/run/ports';
import type { AnswerCollector, AnswerTarget } from '../answer/answerCollector';
import { asRecord, asText } from '../answer/json';
import { beginningOf, withoutKeys } from '../failure/wording';
import { createTransport } from '../transport/transport';
import { TransportError } from '../transport/transportError';
import { authorizationHeader } from './authorization';

/** How pictures are fetched that an answer only points to. */
export interface DownloadOptions {
	readonly signal: AbortSignal;
	/** What is left of the call's time, in milliseconds. */
	remainingMs(): number;
	/** Address that a relative one is relative to: the request's. */
	readonly baseUrl: string;
	readonly connection: Pick<Connection, 'kind' | 'origin'>;
	readonly credential: Credential;
}

/** The pictures that could be fetched, in order, and why the first of the others could not. Each of them is paid for. */
export interface Downloads {
	readonly pictures: readonly StoredPicture[];
	readonly failure?: RunFailure;
	readonly isCancelled?: boolean;
}

/**
 * Fetches the pictures that stand in `data` as addresses, unless they are there already. Only from the connection's own origin: the answer of a server must
 * not send us, let alone the key, to another place. Rejects only when the spool fails.
 */
export async function downloadPictures(
	{ facts, pictures: present }: Pick<AnswerCollector, 'facts' | 'pictures'>,
	target: AnswerTarget,
	options: DownloadOptions,
): Promise<Downloads> {
	const pictures: StoredPicture[] = [];
	const list: readonly unknown[] = Array.isArray(facts.data) ? facts.data : [];
	let failure: RunFailure | undefined;
	for (const [index, candidate] of target.candidates.entries()) {
		const address = asText(asRecord(list[index])?.url);
		if (address === undefined || present.some(picture => picture.candidate === candidate)) {
			continue;
		}
		const fetched = await download(address, candidate, target, options);
		if ('sha256' in fetched) {
			pictures.push(fetched);
			target.onPicture(fetched);
		} else if (fetched.isCancelled) {
			return { pictures, isCancelled: true };
		} else {
			failure ??= fetched.failure;
		}
	}
	return { pictures, ...(failure ? { failure } : {}) };
}

type Missed = Pick<Downloads, 'failure' | 'isCancelled'>;

async function download(
	address: string,
	candidate: number,
	target: AnswerTarget,
	options: DownloadOptions,
): Promise<StoredPicture | Missed> {
	const { baseUrl, connection, credential } = options;
	const { origin } = connection;
	const url = URL.canParse(address, baseUrl) ? new URL(address, baseUrl) : undefined;
	if (url?.origin !== origin) {
		const where = url === undefined || url.origin === 'null' ? 'an address that is not its own' : shown(url.origin, credential);
		return missed(
			`The server made the picture but points to ${where} for it. Pictures are only fetched from ${origin}. Have the server answer with b64_json.`,
		);
	}
	const place = shown(url.pathname, credential);
	try {
		const headers = new Headers({ accept: 'image/*' });
		const authorization = authorizationHeader(connection, credential);
		if (authorization) {
			headers.set(...authorization);
		}
		const transport = createTransport({ signal: options.signal, timeoutMs: options.remainingMs() });
		const response = await transport(url, { headers });
		if (response.status !== 200 || !response.body) {
			await response.body?.cancel();
			return missed(`The server made the picture but answered HTTP ${response.status} when it was fetched from ${place}.`);
		}
		return await store(response.body, candidate, target);
	} catch (error) {
		if (!(error instanceof TransportError)) {
			throw error;
		}
		return error.kind === 'aborted'
			? { isCancelled: true }
			: missed(`The server made the picture, but the connection was lost while it was fetched from ${place}.`);
	}
}

/** A server's address as it can stand in a message. */
function shown(address: string, credential: Credential): string {
	return withoutKeys(beginningOf(address) ?? '', secretOf(credential));
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
