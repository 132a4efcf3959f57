import type { HostKind } from '../connection/connection';
import { azureRetired, azureRows } from './azureRows';
import type { Capability } from './capability';
import { openAiRetired, openAiRows, type RetiredModel } from './openAiRows';

/**
 * A server that speaks OpenAI's shapes. Only what all known servers take is sent: `quality`, `background` and kin make
 * some of them fail, and most return addresses instead of pictures unless `response_format` asks for base64.
 */
const compatibleRow: Capability = {
	hostKind: 'compatible',
	family: 'compatible',
	models: [],
	confidence: 'known',
	size: { kind: 'any' },
	allowsAutoSize: false,
	qualities: [],
	formats: [],
	backgrounds: [],
	moderations: [],
	maxCandidates: 10,
	candidates: 'oneRequest',
	streams: false,
	maxPartialImages: 0,
	partialImageTokens: 0,
	maxPromptLength: Number.POSITIVE_INFINITY,
	fields: ['prompt', 'model', 'n', 'size', 'response_format'],
	responseFormat: 'send',
	tokens: { kind: 'unknown' },
	source: { text: 'Documentation and sources of sd-server, LocalAI, vLLM-Omni, Lemonade, LiteLLM and exo.', date: '2026-11-20' },
};

/**
 * The sandbox applies the rules of the family that is tried out, so that a file can be tried before it is paid for. Its
 * partial pictures cost nothing, so all are asked for.
 */
function onSandbox(row: Capability): Capability {
	return {
		...row,
		hostKind: 'sandbox',
		partialImageTokens: 0,
		prices: { textIn: 0, imageIn: 0, imageOut: 0 },
		typicalSeconds: [1, 3],
		typicalSecondsByQuality: {},
		source: { text: `This extension. ${row.source.text}`, date: row.source.date },
	};
}

/** Every row, per host the newest family first. A row without `models` answers for every model of its host. */
export const capabilityTable: readonly Capability[] = [...openAiRows, ...azureRows, compatibleRow, ...openAiRows.map(onSandbox)];

/** Models that are gone, per host. The sandbox speaks for OpenAI: what is tried there is to be sent there. */
export const retiredModels: Readonly<Record<HostKind, readonly RetiredModel[]>> = {
	openai: openAiRetired,
	azure: azureRetired,
	compatible: [],
	sandbox: openAiRetired,
};

/** The model that is asked when neither file nor settings name one. */
export const defaultModel = 'gpt-image-2';
