import type { PlannedRequest, RequestedParameters } from './plan';
import { isDatedApi } from '../connection/azureApi';
import type { Connection } from '../connection/connection';
import { formatSize } from '../image/imageSize';
import { ownValue } from '../ownValue';
import { formatUsd } from './formatPrice';
import { takesField, type PlanContext } from './planContext';

/** The requests of a run, and how many partial pictures each candidate brings. */
export interface PlannedRequests {
	readonly requests: readonly PlannedRequest[];
	readonly partialsPerCandidate: number;
	readonly notices: readonly string[];
}

/**
 * Splits the candidates over requests as the host wants it. Hosts stream single pictures alone (OpenAI: «Streaming is only
 * supported with n=1», read 2026-11-20), so several candidates in one request come without a stream.
 */
export function planRequests(context: PlanContext, model: string, prompt: string, requested: RequestedParameters): PlannedRequests {
	const { n } = requested;
	const isOneRequest = n === 1 || (context.capability.candidates === 'oneRequest' && takesField(context, 'n'));
	const stream = context.capability.streams && takesField(context, 'stream') && (n === 1 || !isOneRequest);
	const partials = stream && takesField(context, 'partial_images') ? partialImages(context, requested) : { count: 0, notices: [] };
	const common = {
		...parameters(context, wireModel(context.connection, model), prompt, requested),
		...(stream ? streaming(partials.count) : {}),
	};
	const candidates = Array.from({ length: n }, (_, index) => index);
	return {
		requests: isOneRequest
			? [{ candidates, stream, body: n > 1 ? { ...common, n } : common }]
			: candidates.map(index => ({ candidates: [index], stream, body: common })),
		partialsPerCandidate: partials.count,
		notices: [...(n > 1 ? [describeSplit(n, isOneRequest, stream)] : []), ...partials.notices],
	};
}

function describeSplit(n: number, isOneRequest: boolean, stream: boolean): string {
	const how = stream ? 'each with a stream' : 'without a stream';
	return isOneRequest
		? `${n} candidates are asked for in one request, ${how}.`
		: `${n} candidates are asked for in ${n} single requests, ${how}.`;
}

/**
 * What the host is told to use. Azure is asked for a deployment; in a dated version the path names it, and some
 * deployments refuse any `model` beside it (reports of several clients, read 2026-11-20).
 */
function wireModel({ kind, api = 'v1', deployment = '' }: Connection, model: string): string {
	if (kind !== 'azure') {
		return model;
	}
	return isDatedApi(api) ? '' : deployment;
}

interface PartialImages {
	readonly count: number;
	readonly notices: readonly string[];
}

/** As many as the user wants to pay for; all of them where they cost nothing, and more where the answer would be lost without. */
function partialImages({ capability, settings }: PlanContext, { quality, n }: RequestedParameters): PartialImages {
	const most = capability.maxPartialImages;
	const wanted = capability.partialImageTokens === 0 ? most : Math.max(0, Math.min(settings.partialImages, most));
	const needed = Math.min(ownValue(capability.minPartialImages ?? {}, quality ?? 'auto') ?? 0, most);
	if (wanted >= needed) {
		return { count: wanted, notices: [] };
	}
	const { partialImageTokens, prices } = capability;
	const tokens = needed * partialImageTokens * n;
	const cost = prices ? ` (${formatUsd((tokens * prices.imageOut) / 1_000_000)})` : '';
	const what = needed === 1 ? 'a partial picture is' : `${needed} partial pictures are`;
	const each = n === 1 ? '' : ' with each candidate';
	return {
		count: needed,
		notices: [
			`At quality ${quality ?? 'auto'}, ${what} asked for${each}, because the host cuts off an answer that is silent for two minutes. That costs ${tokens} more tokens${cost}.`,
		],
	};
}

function streaming(partials: number): PlannedRequest['body'] {
	return { stream: true, ...(partials > 0 ? { partial_images: partials } : {}) };
}

/** Everything but the number of candidates and the stream, under the names of the wire. What the host has no field for was dropped before. */
function parameters(context: PlanContext, model: string, prompt: string, requested: RequestedParameters): PlannedRequest['body'] {
	const { size, quality, format, compression, background, moderation } = requested;
	return {
		...(model !== '' && takesField(context, 'model') ? { model } : {}),
		prompt,
		...(size === undefined ? {} : { size: size === 'auto' ? size : formatSize(size) }),
		...(quality === undefined ? {} : { quality }),
		...(format === undefined ? {} : { output_format: format }),
		...(compression === undefined ? {} : { output_compression: compression }),
		...(background === undefined ? {} : { background }),
		...(moderation === undefined ? {} : { moderation }),
		...(context.capability.responseFormat === 'send' && takesField(context, 'response_format') ? { response_format: 'b64_json' } : {}),
	};
}
