import type { Connection } from '../../src/core/connection/connection';
import type { Plan } from '../../src/core/plan/plan';
import type { Problem } from '../../src/core/problem';
import type { StoredPicture } from '../../src/core/run/ports';
import type { RunRecord } from '../../src/core/run/records';
import type { SessionSnapshot } from '../../src/host/panel/session';

/** When the runs of the gallery started, in milliseconds since the epoch. */
export const startedAtMs = Date.parse('2026-11-20T09:00:00.000Z');

const prompt = `Interior of an empty subway car (no people).
Wide-angle view looking down the aisle, cool fluorescent light on brushed steel. The ad frames above the windows are blank.`;

const openAi: Connection = {
	name: 'openai',
	kind: 'openai',
	baseUrl: 'https://api.openai.com/v1',
	origin: 'https://api.openai.com',
	model: 'gpt-image-2',
	auth: 'apiKey',
	concurrency: 2,
};

/** A deployment of Microsoft Foundry. */
export const azure: Connection = {
	...openAi,
	name: 'foundry',
	kind: 'azure',
	baseUrl: 'https://my-resource.openai.azure.com/openai/v1',
	origin: 'https://my-resource.openai.azure.com',
	deployment: 'pictures',
	api: 'v1',
};

/** The connection that is always there. */
export const sandbox: Connection = { ...openAi, name: 'sandbox', kind: 'sandbox', baseUrl: '', origin: '', model: 'sandbox', auth: 'none' };

/** A plan for one landscape picture, with `change` applied. */
export function planOf(change: Partial<Plan> = {}): Plan {
	return {
		operation: 'generate',
		connection: openAi,
		model: 'gpt-image-2',
		prompt,
		requested: { size: { width: 1536, height: 1024 }, quality: 'medium', format: 'png', n: 1 },
		requests: [
			{
				candidates: [0],
				stream: true,
				body: {
					model: 'gpt-image-2',
					prompt,
					size: '1536x1024',
					quality: 'medium',
					output_format: 'png',
					n: 1,
					stream: true,
					partial_images: 1,
				},
			},
		],
		price: { kind: 'estimate', minUsd: 0.041, maxUsd: 0.041, outputTokens: [1372, 1372] },
		notices: [],
		problems: [],
		typicalSeconds: [20, 190],
		...change,
	};
}

/** A kept picture of the gallery; its file is drawn by the gallery's server. */
export function pictureOf(candidate: number, change: Partial<StoredPicture> = {}): StoredPicture {
	return {
		role: 'final',
		candidate,
		fileName: `${candidate + 1}.png`,
		bytes: 2_413_902,
		sha256: '5f'.repeat(32),
		width: 1536,
		height: 1024,
		format: 'png',
		isComplete: true,
		hasContentCredentials: true,
		hasAlphaChannel: true,
		...change,
	};
}

type Result = NonNullable<RunRecord['result']>;

/** How a run of the gallery ended. */
export function resultOf(change: Partial<Result> = {}): Result {
	return {
		runId: '20261120-090000-a1b2c3',
		status: 'succeeded',
		connection: 'openai',
		model: 'gpt-image-2',
		operation: 'generate',
		requested: { size: '1536x1024', quality: 'medium', format: 'png', n: 1 },
		actual: { size: '1536x1024', quality: 'medium', format: 'png', background: 'opaque' },
		usage: { inputTokens: 40, outputTokens: 1372, totalTokens: 1412 },
		cost: { usd: 0.0414, estimated: false },
		requestIds: ['req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10'],
		startedAt: '2026-11-20T09:00:00.000Z',
		durationMs: 48_200,
		...change,
	};
}

/** The record of one run: claimed, nothing left yet, unless `change` says otherwise. */
export function recordOf(change: Partial<RunRecord> = {}): RunRecord {
	return {
		version: 1,
		runId: '20261120-090000-a1b2c3',
		state: 'claimed',
		owner: '4711',
		startedAt: '2026-11-20T09:00:00.000Z',
		connection: 'openai',
		hostKind: 'openai',
		host: 'https://api.openai.com',
		model: 'gpt-image-2',
		operation: 'generate',
		requested: { size: '1536x1024', quality: 'medium', format: 'png', n: 1 },
		price: { kind: 'estimate', minUsd: 0.041, maxUsd: 0.041, outputTokens: [1372, 1372] },
		prompt,
		promptSha256: '2a'.repeat(32),
		source: { kind: 'file', uri: 'file:///workspace/hero.imgprompt' },
		notices: [],
		partials: [],
		pictures: [],
		requestIds: [],
		...change,
	};
}

/** A record that is over; pictures, ids and result as told. */
export function finishedRecord(result: Partial<Result> = {}, change: Partial<RunRecord> = {}): RunRecord {
	return recordOf({
		state: 'finished',
		pictures: [pictureOf(0)],
		requestIds: ['req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10'],
		result: resultOf(result),
		...change,
	});
}

/** A session with a valid plan and no run, unless `change` says otherwise. */
export function snapshotOf(change: Partial<SessionSnapshot> = {}): SessionSnapshot {
	return {
		title: 'hero.imgprompt — Image Prompt',
		prompt,
		outcome: { kind: 'ready', plan: planOf() },
		isTrusted: true,
		isFirstRun: false,
		canOpenPrompt: true,
		...change,
	};
}

/** A session that shows `record`. */
export function snapshotWith(record: RunRecord, change: Partial<SessionSnapshot> = {}): SessionSnapshot {
	return snapshotOf({ run: { record }, ...change });
}

/** A problem without a place. */
export function problemOf(severity: Problem['severity'], message: string): Problem {
	return { code: 'sizeGrid', severity, range: { start: 0, end: 0 }, message };
}
