import type { ActualParameters, StoredPicture } from '../../core/run/ports';
import { formatSize } from '../../core/image/imageSize';
import type { Usage } from '../../core/run/runResult';
import { asCount, asRecord, asText } from '../answer/json';
import { beginningOf } from '../failure/wording';

const maxWordLength = 40;

type Facts = Readonly<Record<string, unknown>>;

/** What really came. Size and format are read from the bytes: hosts have answered `webp` with a PNG (openai-node#1850, 2026-04-28). */
export function readActual(facts: Facts, [picture]: readonly StoredPicture[]): ActualParameters {
	const size = picture ? formatSize(picture) : asWord(facts.size);
	const format = picture?.format ?? asWord(facts.output_format);
	const quality = asWord(facts.quality);
	const background = asWord(facts.background);
	return {
		...(size === undefined ? {} : { size }),
		...(quality === undefined ? {} : { quality }),
		...(format === undefined ? {} : { format }),
		...(background === undefined ? {} : { background }),
	};
}

/** A word of the API. Whatever a host says beyond that must not fill the records. */
function asWord(value: unknown): string | undefined {
	return beginningOf(asText(value) ?? '', maxWordLength);
}

/** Token counts under the names of the Images API. `undefined` when the host tells none, as small servers do. */
export function readUsage(facts: Facts): Usage | undefined {
	const usage = asRecord(facts.usage);
	const inputTokens = asCount(usage?.input_tokens);
	const outputTokens = asCount(usage?.output_tokens);
	if (!usage || inputTokens === undefined || outputTokens === undefined) {
		return undefined;
	}
	const details = asRecord(usage.input_tokens_details);
	const inputTextTokens = asCount(details?.text_tokens);
	const inputImageTokens = asCount(details?.image_tokens);
	return {
		inputTokens,
		outputTokens,
		totalTokens: asCount(usage.total_tokens) ?? inputTokens + outputTokens,
		...(inputTextTokens === undefined ? {} : { inputTextTokens }),
		...(inputImageTokens === undefined ? {} : { inputImageTokens }),
	};
}

/** The numbers by which a host's support finds the request: OpenAI's, and that of Azure's gateway. */
export function readRequestIds(headers: Headers): readonly string[] {
	const ids = ['x-request-id', 'apim-request-id'].map(name => headers.get(name)?.trim() ?? '');
	return [...new Set(ids.filter(id => /^[\w.:-]{1,128}$/.test(id)))];
}
