import type { ImageSize } from '../image/imageSize';
import { wireFields, type Capability, type SizeLimits, type TokenRule } from './capability';

const read = '2026-11-20';

/** Free sizes of gpt-image-2 and 2.5 (OpenAI image generation guide and API reference, read 2026-11-20). */
export const freeSizeLimits: SizeLimits = {
	step: 16,
	maxEdge: 3840,
	maxRatio: 3,
	minPixels: 655_360,
	maxPixels: 8_294_400,
	experimentalAbovePixels: 3_686_400,
};

/** The sizes that OpenAI's guide lists for gpt-image-2 and 2.5 (read 2026-11-20). */
const listedSizes: readonly ImageSize[] = [
	{ width: 1024, height: 1024 },
	{ width: 1536, height: 1024 },
	{ width: 1024, height: 1536 },
	{ width: 2048, height: 2048 },
	{ width: 2048, height: 1152 },
	{ width: 3840, height: 2160 },
	{ width: 2160, height: 3840 },
];

/** The only sizes of the models before gpt-image-2 (OpenAI API reference, read 2026-11-20). */
const fixedSizes: readonly ImageSize[] = [
	{ width: 1024, height: 1024 },
	{ width: 1536, height: 1024 },
	{ width: 1024, height: 1536 },
];

/** What all of OpenAI's image models share. */
const shared = {
	hostKind: 'openai',
	confidence: 'known',
	allowsAutoSize: true,
	qualities: ['auto', 'low', 'medium', 'high'],
	formats: ['png', 'jpeg', 'webp'],
	backgrounds: ['auto', 'opaque', 'transparent'],
	moderations: ['auto', 'low'],
	maxCandidates: 10,
	candidates: 'oneRequest',
	streams: true,
	maxPartialImages: 3,
	partialImageTokens: 100,
	maxPromptLength: 32_000,
	// An error there: «Unknown parameter: 'response_format'.»
	fields: wireFields.filter(field => field !== 'response_format'),
	responseFormat: 'omit',
} as const satisfies Partial<Capability>;

const gptImage2: Capability = {
	...shared,
	family: 'gpt-image-2',
	models: ['gpt-image-2'],
	size: { kind: 'free', limits: freeSizeLimits },
	autoSizes: listedSizes,
	previewBackgrounds: ['transparent'],
	tokens: { kind: 'grid', factors: { low: 16, medium: 48, high: 96 } },
	prices: { textIn: 5, imageIn: 8, imageOut: 30 },
	typicalSeconds: [20, 190],
	typicalSecondsByQuality: { low: [20, 30], medium: [45, 60], high: [120, 190] },
	source: {
		text: 'OpenAI image generation guide, API reference and pricing page; token formula of the guide’s calculator; times from one published measurement.',
		date: read,
	},
};

const gptImage25: Capability = {
	...shared,
	family: 'gpt-image-2.5',
	models: ['gpt-image-2.5-sunburst', 'gpt-image-2.5-flare'],
	size: { kind: 'free', limits: freeSizeLimits },
	autoSizes: listedSizes,
	qualities: ['auto', 'low', 'medium', 'high', 'xhigh', 'max'],
	tokens: { kind: 'unknown' },
	prices: { textIn: 5, imageIn: 8, imageOut: 30 },
	source: {
		text: 'OpenAI API reference and pricing page. Token counts are not published: «models can use different token counts for the same quality».',
		date: read,
	},
};

const fixedSizeTokens: TokenRule = {
	kind: 'table',
	tokens: {
		low: { '1024x1024': 272, '1024x1536': 408, '1536x1024': 400 },
		medium: { '1024x1024': 1056, '1024x1536': 1584, '1536x1024': 1568 },
		high: { '1024x1024': 4160, '1024x1536': 6240, '1536x1024': 6208 },
	},
};

const gptImage15: Capability = {
	...shared,
	family: 'gpt-image-1.5',
	models: ['gpt-image-1.5'],
	size: { kind: 'fixed', sizes: fixedSizes },
	tokens: fixedSizeTokens,
	prices: { textIn: 5, imageIn: 8, imageOut: 32 },
	shutDown: '2026-12-01',
	successor: 'gpt-image-2.5-sunburst',
	source: { text: 'OpenAI image generation guide, pricing page and deprecations page.', date: read },
};

const gptImage1Mini: Capability = {
	...shared,
	family: 'gpt-image-1-mini',
	models: ['gpt-image-1-mini'],
	size: { kind: 'fixed', sizes: fixedSizes },
	tokens: fixedSizeTokens,
	prices: { textIn: 2, imageIn: 2.5, imageOut: 8 },
	shutDown: '2026-12-01',
	successor: 'gpt-image-2.5-flare',
	source: {
		text: 'OpenAI image generation guide, pricing page and deprecations page. The guide’s prices per picture are about $0.003 above its token counts.',
		date: read,
	},
};

const chatGptImageLatest: Capability = {
	...shared,
	family: 'chatgpt-image-latest',
	models: ['chatgpt-image-latest'],
	size: { kind: 'fixed', sizes: fixedSizes },
	tokens: { kind: 'unknown' },
	shutDown: '2026-12-01',
	successor: 'gpt-image-2.5-sunburst',
	source: {
		text: 'OpenAI deprecations page. An alias: its limits are taken to be those of gpt-image-1.5, its prices are not known.',
		date: read,
	},
};

/** OpenAI's models that still answer, the newest family first. */
export const openAiRows: readonly Capability[] = [gptImage25, gptImage2, gptImage15, gptImage1Mini, chatGptImageLatest];

/** A model that no longer answers; its limits do not matter any more. */
export interface RetiredModel {
	readonly model: string;
	/** First day without an answer (`YYYY-MM-DD`). */
	readonly shutDown: string;
	readonly successor: string;
	readonly source: Capability['source'];
}

/** OpenAI's models that are gone (API reference, read 2026-11-20). */
export const openAiRetired: readonly RetiredModel[] = [
	{
		model: 'gpt-image-1',
		shutDown: '2026-10-23',
		successor: 'gpt-image-2.5-sunburst',
		source: { text: 'OpenAI API reference.', date: read },
	},
	{
		model: 'dall-e-3',
		shutDown: '2026-05-12',
		successor: 'gpt-image-2.5-sunburst',
		source: { text: 'OpenAI API reference.', date: read },
	},
	{ model: 'dall-e-2', shutDown: '2026-05-12', successor: 'gpt-image-2.5-flare', source: { text: 'OpenAI API reference.', date: read } },
];
