import * as assert from 'node:assert/strict';
import type { RunResult } from '../../src/core/run/runResult';
import type { Behaviour, ImagesApiServer, RecordedRequest } from '../fakes/imagesApiServer';

/** How long a host says nothing, in milliseconds: six minutes, unless the launcher was told otherwise to try a test. */
export function silenceMs(environment: Readonly<Record<string, string | undefined>> = process.env): number {
	return Number(environment.IMGPROMPT_SLOW_SECONDS ?? '360') * 1000;
}

/** A host that thinks for a long time, at one moment of one answer. */
export interface LongSilence {
	readonly name: string;
	readonly stream: boolean;
	behaviour(ms: number): Behaviour;
}

const painting: Behaviour = { size: '64x48', pictureBytes: 24_000 };

/** The moments at which a client may lose its patience. */
export const longSilences: readonly LongSilence[] = [
	{ name: 'a stream that begins late', stream: true, behaviour: delayMs => ({ ...painting, delayMs }) },
	{
		name: 'a stream with a gap between two events',
		stream: true,
		behaviour: ms => ({ ...painting, silence: { at: 'beforeFinal', ms } }),
	},
	{ name: 'a plain answer that begins late', stream: false, behaviour: delayMs => ({ ...painting, delayMs }) },
	{
		name: 'a plain answer with a gap in its picture',
		stream: false,
		behaviour: ms => ({ ...painting, silence: { at: 'midPicture', ms } }),
	},
];

/**
 * Starts all of them side by side, so that they take as long as one; asserts that each brought its pictures with one request,
 * and returns how long each host had been silent, in seconds. `start` begins a run and must not wait for its end.
 */
export async function outlast(
	server: ImagesApiServer,
	ms: number,
	start: (silence: LongSilence) => Promise<RunResult>,
): Promise<readonly string[]> {
	const begun: { readonly silence: LongSilence; readonly request: RecordedRequest; readonly run: Promise<RunResult> }[] = [];
	for (const silence of longSilences) {
		server.behave(silence.behaviour(ms));
		const run = start(silence);
		const request = await Promise.race([requestAt(server, begun.length), run.then(tooEarly)]);
		begun.push({ silence, request, run });
	}
	const lines: string[] = [];
	for (const { silence, request, run } of begun) {
		const result = await run;
		assert.equal(result.status, 'succeeded', `${silence.name}: ${result.failure?.message ?? ''}`);
		assert.equal(result.images.length, silence.stream ? 1 : 2);
		assert.equal(request.body?.['stream'], silence.stream ? true : undefined);
		assert.equal(request.closedEarlyAt, undefined);
		const waitedMs = (request.finishedAt ?? 0) - request.arrivedAt;
		assert.ok(waitedMs >= ms, `${silence.name} was silent for ${waitedMs} ms only`);
		lines.push(`${silence.name}: ${(waitedMs / 1000).toFixed(1)} s from the request to the end of the answer`);
	}
	assert.equal(server.accepted.length, longSilences.length);
	return lines;
}

function tooEarly(result: RunResult): never {
	throw new Error(`A run was over before its request arrived: ${JSON.stringify(result.failure)}`);
}

async function requestAt(server: ImagesApiServer, index: number): Promise<RecordedRequest> {
	for (;;) {
		const request = server.accepted[index];
		if (request) {
			return request;
		}
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}
