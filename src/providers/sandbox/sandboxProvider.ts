import type { ImageFormat } from '../../core/image/imageFormat';
import { formatSize, parseSize, type ImageSize } from '../../core/image/imageSize';
import { capabilityTable, defaultModel } from '../../core/model/capabilityTable';
import { countOutputTokens } from '../../core/plan/tokens';
import type { Clock, ImageProvider, PictureOutcome, ProviderAnswer, ProviderCall, StoredPicture } from '../../core/run/ports';
import type { Usage } from '../../core/run/runResult';
import { encodeJpeg } from './jpegEncoder';
import { createPlaceholder } from './placeholder';
import { encodePng } from './pngEncoder';
import { hash } from './palette';
import { StoppedError, Turns } from './turns';
import { encodeWebp, maxWebpEdge } from './webpEncoder';

/** What the sandbox is made with. */
export interface SandboxDependencies {
	readonly clock: Pick<Clock, 'sleep'>;
	/** Milliseconds that one picture seems to take. Default: 1 to 2 s, depending on the prompt; 0 for tests. */
	readonly paceMs?: number;
}

/** What is asked of the sandbox, read from a request's body. */
interface Wish {
	readonly size: ImageSize;
	readonly model: string;
	readonly prompt: string;
	readonly quality: string;
	readonly format: 'png' | 'jpeg' | 'webp';
	readonly jpegQuality: number;
	readonly transparent: boolean;
	readonly partials: number;
}

const maxPixels = 64 * 1024 * 1024;
const autoSize: ImageSize = { width: 1024, height: 1024 };

/**
 * Paints placeholders on this computer: free, deterministic, and impossible to mistake for a model's work. Nothing is sent,
 * so `left` is never reported and cancelling never costs.
 */
export function createSandboxProvider(dependencies: SandboxDependencies): ImageProvider {
	return {
		kind: 'sandbox',
		send: call => paintAll(call, dependencies),
		test: async () => ({ checks: [{ layer: 'Sandbox', isOk: true, detail: 'Paints on this computer. Nothing is sent.' }] }),
	};
}

async function paintAll(call: ProviderCall, dependencies: SandboxDependencies): Promise<ProviderAnswer> {
	const wish = readWish(call);
	const { width, height } = wish.size;
	const pictures: StoredPicture[] = [];
	if (width * height > maxPixels || Math.max(width, height) > maxWebpEdge) {
		const message = `The sandbox paints up to ${maxWebpEdge} pixels an edge and ${maxPixels} in all. Ask for a smaller size.`;
		return { pictures, actual: {}, requestIds: [], hasLeft: false, failure: { kind: 'rejected', parameter: 'size', message } };
	}
	try {
		for (const candidate of call.request.candidates) {
			pictures.push(await paintCandidate(call, wish, candidate, dependencies));
		}
	} catch (error) {
		if (!call.signal.aborted || !(error instanceof StoppedError || error === call.signal.reason)) {
			throw error;
		}
		return { pictures, actual: {}, requestIds: [], hasLeft: false, isCancelled: true };
	}
	const actual = {
		size: formatSize(wish.size),
		quality: wish.quality,
		format: wish.format,
		background: wish.transparent ? 'transparent' : 'opaque',
	};
	return { pictures, actual, usage: usageOf(wish, pictures.length), requestIds: [], hasLeft: false };
}

/** The partial pictures, each finer than the one before, then the picture, with pauses as a model would make them. */
async function paintCandidate(
	call: ProviderCall,
	wish: Wish,
	candidate: number,
	dependencies: SandboxDependencies,
): Promise<StoredPicture> {
	const paceMs = dependencies.paceMs ?? 1000 + (hash(wish.prompt) % 1000);
	const cell = Math.max(2, Math.round(Math.min(wish.size.width, wish.size.height) / 24));
	for (let partial = 0; partial < wish.partials; partial++) {
		await dependencies.clock.sleep(paceMs / (wish.partials + 1), call.signal);
		const outcome = await paint(call, wish, candidate, Math.max(2, Math.round(cell / 3 ** partial)));
		if (outcome.kind === 'stored') {
			call.onProgress({ kind: 'picture', picture: outcome.picture });
		}
	}
	await dependencies.clock.sleep(paceMs / (wish.partials + 1), call.signal);
	const outcome = await paint(call, wish, candidate, 1);
	if (outcome.kind !== 'stored') {
		throw new Error(`The sandbox painted something that is no picture: ${JSON.stringify(outcome)}`);
	}
	call.onProgress({ kind: 'picture', picture: outcome.picture });
	return outcome.picture;
}

/** `coarseness` 1: the final picture. */
async function paint(call: ProviderCall, wish: Wish, candidate: number, coarseness: number): Promise<PictureOutcome> {
	const { model, prompt, transparent, format, size } = wish;
	const picture = createPlaceholder({ ...size, model, prompt, transparent: transparent && format !== 'jpeg', candidate, coarseness });
	const turns = new Turns(call.signal);
	const writer = call.spool.open(coarseness === 1 ? 'final' : 'partial', candidate);
	const sink = (bytes: Uint8Array) => writer.write(bytes);
	try {
		switch (format) {
			case 'png':
				await encodePng(picture, sink, turns);
				break;
			case 'jpeg':
				await encodeJpeg(picture, wish.jpegQuality, sink, turns);
				break;
			case 'webp':
				await encodeWebp(picture, sink, turns);
				break;
		}
	} catch (error) {
		await writer.abandon();
		throw error;
	}
	return writer.finish();
}

function readWish({ request, connection }: ProviderCall): Wish {
	const { body } = request;
	const text = (field: string) => (typeof body[field] === 'string' ? body[field] : '');
	const compression = typeof body.output_compression === 'number' ? body.output_compression : 90;
	return {
		size: parseSize(text('size')) ?? autoSize,
		model: text('model') || connection.model,
		prompt: text('prompt'),
		quality: ['', 'auto'].includes(text('quality')) ? 'medium' : text('quality'),
		format: formatOf(text('output_format')),
		jpegQuality: Math.min(100, Math.max(1, compression)),
		transparent: text('background') === 'transparent',
		partials: request.stream && typeof body.partial_images === 'number' ? body.partial_images : 0,
	};
}

/** What else a model may offer (`gif`, `svg`) comes as PNG, and `actual` says so. */
function formatOf(text: string): Exclude<ImageFormat, 'gif'> {
	return text === 'jpeg' || text === 'webp' ? text : 'png';
}

/** What the picture would have used, by the published formula; models without one are counted like the default model. Partials are free. */
function usageOf({ size, model, quality, prompt }: Wish, count: number): Usage {
	const rows = capabilityTable.filter(({ hostKind }) => hostKind === 'sandbox');
	const perPicture = [model, defaultModel]
		.flatMap(id => rows.filter(({ models }) => models.includes(id)))
		.flatMap(({ tokens }) => [countOutputTokens(tokens, quality, size), countOutputTokens(tokens, 'high', size)])
		.find(tokens => tokens !== undefined);
	const outputTokens = count * (perPicture ?? 0);
	const inputTokens = Math.ceil(prompt.length / 4) + 6;
	return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, inputTextTokens: inputTokens, inputImageTokens: 0 };
}
