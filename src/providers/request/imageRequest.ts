import type { Clock, ProviderAnswer, ProviderCall, StoredPicture } from '../../core/run/ports';
import type { AnswerTarget } from '../answer/answerCollector';
import { readAnswer } from '../answer/readAnswer';
import type { ReadAnswer } from '../answer/readAnswer';
import { readHostError, readHostErrorValue } from '../failure/hostError';
import { describeHostFailure } from '../failure/hostFailure';
import type { HostAnswer } from '../failure/hostAnswer';
import { readRetryAfter } from '../failure/retryAfter';
import { beginningOf } from '../failure/wording';
import { describeTransportFailure } from '../failure/transportFailure';
import type { TransportOptions } from '../transport/transport';
import { TransportError } from '../transport/transportError';
import { readActual, readRequestIds, readUsage } from './answerFacts';
import { readBounded } from './boundedBody';
import { downloadPictures } from './downloads';
import type { Downloads } from './downloads';
import { judgeAnswer } from './judgeAnswer';
import { sendThroughSdk, whyCredentialIsUnusable } from './sdkClient';
import { withoutKey } from './withoutKey';

/** What providers of this kind are made with. */
export interface ProviderDependencies {
	/** For waits that a host tells as a date. */
	readonly clock: Pick<Clock, 'now'>;
}

const maxErrorBytes = 64 * 1024;
const maxAddressLength = 200;
/** A picture that is made and paid for is fetched even at the very end of the time, if it comes quickly. */
const minDownloadMs = 1000;

/**
 * Sends one image request to an OpenAI-style host, exactly once, and reads what comes of it. Rejects only for defects and
 * when the spool fails; everything that hosts and networks do is in the answer.
 */
export async function sendImageRequest(call: ProviderCall, dependencies: ProviderDependencies): Promise<ProviderAnswer> {
	const { failure, actual, ...answer } = await exchange(call, dependencies);
	const told = withoutKey({ actual, ...(failure ? { failure } : {}) }, call.credential);
	return { ...answer, ...told };
}

async function exchange(call: ProviderCall, { clock }: ProviderDependencies): Promise<ProviderAnswer> {
	const unusable = whyCredentialIsUnusable(call.credential);
	if (unusable) {
		return { ...nothing, failure: unusable, hasLeft: false };
	}
	const state = { hasLeft: false };
	const transport: TransportOptions = {
		timeoutMs: call.timeoutMs,
		signal: call.signal,
		onLeft: () => {
			state.hasLeft = true;
			call.onProgress({ kind: 'left' });
		},
	};
	const startedAt = clock.now();
	try {
		const { connection, credential } = call;
		const response = await sendThroughSdk({ ...transport, connection, credential }, client =>
			client.images.generate({ ...call.request.body } as unknown as Parameters<typeof client.images.generate>[0]),
		);
		call.onProgress({ kind: 'accepted', requestIds: requestIdsOf(call, response) });
		if (!response.ok) {
			return await refusal(call, response, clock.now());
		}
		return await readSuccess(call, response, () => clock.now() - startedAt);
	} catch (error) {
		if (!(error instanceof TransportError)) {
			throw error;
		}
		const broken = { connection: call.connection, timeoutMs: call.timeoutMs, elapsedMs: clock.now() - startedAt };
		return { ...nothing, ...describeTransportFailure(error, broken), hasLeft: state.hasLeft };
	}
}

const nothing = { pictures: [], actual: {}, requestIds: [] } as const;

async function refusal(call: ProviderCall, response: Response, now: number): Promise<ProviderAnswer> {
	const error = readHostError(await readBounded(response.body, maxErrorBytes));
	// Words alone are believed of a rate limit, which is told before any work; a host that is down may have begun it.
	const retryAfterMs = readRetryAfter(response.headers, response.status === 429 ? error.message : undefined, now);
	const location = response.headers.get('location');
	const verdict = describeHostFailure({
		...about(call),
		status: response.status,
		error,
		now,
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		...(location === null ? {} : { location: withoutQuery(location, call.connection.baseUrl) }),
	});
	return { ...nothing, requestIds: requestIdsOf(call, response), hasLeft: true, ...verdict };
}

async function readSuccess(call: ProviderCall, response: Response, elapsedMs: () => number): Promise<ProviderAnswer> {
	const { spool, request, connection, credential } = call;
	const target: AnswerTarget = {
		spool,
		candidates: request.candidates,
		onPicture: picture => call.onProgress({ kind: 'picture', picture }),
	};
	const read = await readAnswer(response.body, target);
	const { facts } = read.collector;
	const baseUrl = `${connection.baseUrl}/images/generations`;
	const remainingMs = (): number => Math.max(minDownloadMs, call.timeoutMs - elapsedMs());
	const downloads: Downloads =
		read.collector.isOver && read.collector.error === undefined
			? await downloadPictures(read.collector, target, { signal: call.signal, remainingMs, baseUrl, connection, credential })
			: { pictures: [] };
	const pictures = [...read.collector.pictures, ...downloads.pictures].sort((a, b) => a.candidate - b.candidate);
	const { failure, isCancelled } = downloads.failure || downloads.isCancelled ? downloads : failureOf(call, read, pictures, elapsedMs());
	const usage = readUsage(facts);
	return {
		pictures,
		actual: readActual(facts, pictures),
		...(usage ? { usage } : {}),
		requestIds: requestIdsOf(call, response),
		hasLeft: true,
		...(failure ? { failure } : {}),
		...(isCancelled ? { isCancelled } : {}),
	};
}

/** Nothing here allows a repetition: the host has begun to work. */
function failureOf(
	call: ProviderCall,
	read: ReadAnswer,
	pictures: readonly StoredPicture[],
	elapsedMs: number,
): Pick<ProviderAnswer, 'failure' | 'isCancelled'> {
	if (read.lost) {
		const { failure, isCancelled } = describeTransportFailure(read.lost, { ...call, elapsedMs });
		return { ...(failure ? { failure } : {}), ...(isCancelled ? { isCancelled } : {}) };
	}
	if (read.collector.error !== undefined) {
		const { failure } = describeHostFailure({ ...about(call), error: readHostErrorValue(read.collector.error) });
		return { failure };
	}
	if (read.collector.isOver && read.collector.flaws.length === 0 && pictures.length > 0) {
		return {};
	}
	const { request, connection } = call;
	const expected = { candidates: request.candidates.length, stream: request.stream, connection };
	const failure = judgeAnswer(read, expected);
	return failure ? { failure } : {};
}

function about({ request, connection, credential }: ProviderCall): Pick<HostAnswer, 'connection' | 'credential' | 'model' | 'size'> {
	const { model, size } = request.body;
	return {
		connection,
		credential,
		...(typeof model === 'string' ? { model } : {}),
		...(typeof size === 'string' ? { size } : {}),
	};
}

/** An id that holds the key is none. */
function requestIdsOf({ credential }: ProviderCall, { headers }: Response): readonly string[] {
	return readRequestIds(headers).filter(id => withoutKey(id, credential) === id);
}

function withoutQuery(location: string, base: string): string {
	const url = URL.canParse(location, base) ? new URL(location, base) : undefined;
	// Such as `javascript:`, which has no host to point to.
	return url && url.origin !== 'null'
		? (beginningOf(`${url.origin}${url.pathname}`, maxAddressLength) ?? '')
		: 'an address that can’t be read';
}
