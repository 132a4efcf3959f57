import type { PlannedRequest, RequestedParameters } from './plan';
import { formatSize } from '../image/imageSize';
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
	const partials = stream && takesField(context, 'partial_images') ? partialImages(context) : 0;
	const common = { ...parameters(context, model, prompt, requested), ...(stream ? streaming(partials) : {}) };
	const candidates = Array.from({ length: n }, (_, index) => index);
	return {
		requests: isOneRequest
			? [{ candidates, stream, body: n > 1 ? { ...common, n } : common }]
			: candidates.map(index => ({ candidates: [index], stream, body: common })),
		partialsPerCandidate: partials,
		notices: n > 1 ? [describeSplit(n, isOneRequest, stream)] : [],
	};
}

function describeSplit(n: number, isOneRequest: boolean, stream: boolean): string {
	const how = stream ? 'each with a stream' : 'without a stream';
	return isOneRequest
		? `${n} candidates are asked for in one request, ${how}.`
		: `${n} candidates are asked for in ${n} single requests, ${how}.`;
}

/** As many as the user wants to pay for; all of them where they cost nothing. */
function partialImages({ capability, settings }: PlanContext): number {
	const wanted = capability.partialImageTokens === 0 ? capability.maxPartialImages : settings.partialImages;
	return Math.max(0, Math.min(wanted, capability.maxPartialImages));
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
