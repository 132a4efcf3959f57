import { readFileSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type OpenAI from 'openai';
import type { Connection } from '../../../src/core/connection/connection';
import { SpooledPicture } from '../../../src/host/records/spooledPicture';
import { diskFiles } from '../../../src/host/records/recordFiles';
import { createOpenAiProvider } from '../../../src/providers/openai/openAiProvider';

/** What one client process is to do. */
export interface ClientTask {
	readonly baseUrl: string;
	readonly folder: string;
	readonly way: 'ours' | 'plain SDK';
	readonly stream: boolean;
	/** Requests at once. */
	readonly count: number;
}

/** What it found. `doneAt` is in milliseconds since the epoch, to be compared with the server's clock. */
export interface ClientReport {
	readonly doneAt: readonly number[];
	readonly peakMegabytes: number;
	readonly stallMs: number;
}

/** Gets a small picture to load everything, then the large ones, and tells what those added. */
export async function runClient(task: ClientTask): Promise<ClientReport> {
	const get = task.way === 'ours' ? getByProvider : getBySdk;
	await get(task, 'warmUp');
	globalThis.gc?.();
	await new Promise(resolve => setTimeout(resolve, 200));
	const before = process.memoryUsage.rss();
	forgetPeak();
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const doneAt = await Promise.all(
		Array.from({ length: task.count }, async (_, index) => {
			await get(task, String(index));
			return now();
		}),
	);
	delay.disable();
	return { doneAt, peakMegabytes: (peak() - before) / 1e6, stallMs: delay.max / 1e6 };
}

/** Milliseconds since the epoch, finer than `Date.now()`. */
export function now(): number {
	return performance.timeOrigin + performance.now();
}

const key = 'test-key';

function bodyOf(task: ClientTask): Record<string, string | number | boolean> {
	const stream = task.stream ? { stream: true, partial_images: 0 } : {};
	return { model: 'gpt-image-2', prompt: 'A boat', size: '1024x1024', ...stream };
}

async function getByProvider(task: ClientTask, name: string): Promise<void> {
	const provider = createOpenAiProvider({ clock: { now: () => Date.now() } });
	const { origin } = new URL(task.baseUrl);
	const connection: Connection = {
		name: 'bench',
		kind: 'openai',
		baseUrl: task.baseUrl,
		origin,
		model: 'gpt-image-2',
		auth: 'apiKey',
		concurrency: 4,
	};
	const { failure, pictures } = await provider.send({
		connection,
		credential: { kind: 'apiKey', key },
		request: { candidates: [0], stream: task.stream, body: bodyOf(task) },
		timeoutMs: 60_000,
		signal: new AbortController().signal,
		spool: {
			open: (role, candidate) =>
				new SpooledPicture(diskFiles, { folder: task.folder, stem: `${process.pid}-${name}`, role, candidate }),
		},
		onProgress: () => undefined,
	});
	if (failure || pictures.length !== 1) {
		throw new Error(`No picture: ${JSON.stringify(failure)}`);
	}
}

/** What the SDK's documentation shows, with a safe write behind it. */
async function getBySdk(task: ClientTask, name: string): Promise<void> {
	const { OpenAI } = await import('openai');
	const client = new OpenAI({ apiKey: key, baseURL: task.baseUrl, maxRetries: 0 });
	const base64 = await (task.stream ? streamed(client, bodyOf(task)) : plain(client, bodyOf(task)));
	const file = join(task.folder, `${process.pid}-${name}`);
	const handle = await open(`${file}.part`, 'w');
	await handle.writeFile(Buffer.from(base64, 'base64'));
	await handle.sync();
	await handle.close();
	await rename(`${file}.part`, `${file}.png`);
}

async function plain(client: OpenAI, body: Record<string, string | number | boolean>): Promise<string> {
	const answer = await client.images.generate(body as unknown as OpenAI.ImageGenerateParamsNonStreaming);
	return answer.data?.[0]?.b64_json ?? '';
}

async function streamed(client: OpenAI, body: Record<string, string | number | boolean>): Promise<string> {
	const events = await client.images.generate(body as unknown as OpenAI.ImageGenerateParamsStreaming);
	for await (const event of events) {
		if (event.type === 'image_generation.completed') {
			return event.b64_json;
		}
	}
	throw new Error('The stream ended without a picture.');
}

/** Linux forgets the peak of the resident memory when it is told to; elsewhere the peak of the whole process counts. */
function forgetPeak(): void {
	if (process.platform === 'linux') {
		writeFileSync('/proc/self/clear_refs', '5');
	}
}

function peak(): number {
	const text = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
	const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1];
	return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes));
}
