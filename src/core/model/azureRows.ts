import { wireFields, type Capability } from './capability';
import { isModelOrSnapshot } from './modelName';
import { openAiRows, type RetiredModel } from './openAiRows';

const read = '2026-11-20';

/** Azure takes no `moderation` (its filters belong to the deployment), and `response_format` is an error there as on OpenAI. */
const azureFields = wireFields.filter(field => field !== 'response_format' && field !== 'moderation');

/**
 * A request that is silent for about two minutes is cut off. These qualities take longer (one published measurement,
 * 2026-04-22; `auto` is `high` there by default), and a partial picture breaks the silence.
 */
const slowQualities: Readonly<Record<string, number>> = { auto: 1, high: 1, xhigh: 1, max: 1 };

const countedOtherwise =
	'The estimate is by the formula that OpenAI publishes; one measurement on Azure (2026-04-22) counted between half of it and 2.3 times as much.';

/**
 * How many times the formula's tokens Azure may count at a quality. One published measurement (2026-04-22) counted 2.31 times as many
 * at `low` and up to 1.02 times at the others; the rest is reserve.
 */
export function azureCountMargin(quality: string | undefined): number {
	return quality === 'low' ? 2.5 : 1.1;
}

/** OpenAI's row of a family with what Azure does differently. */
function onAzure(family: string, facts: Partial<Capability> & Pick<Capability, 'source'>): Capability {
	const openAi = openAiRows.find(row => row.family === family);
	if (!openAi) {
		throw new Error(`There is no row for ${family}.`);
	}
	const { shutDown: _shutDown, successor: _successor, ...row } = openAi;
	return {
		...row,
		hostKind: 'azure',
		formats: ['png', 'jpeg'],
		moderations: [],
		candidates: 'parallelRequests',
		minPartialImages: Object.fromEntries(Object.entries(slowQualities).filter(([quality]) => row.qualities.includes(quality))),
		fields: azureFields,
		...facts,
	};
}

const learn = 'Microsoft Learn’s Azure OpenAI pages and the Foundry catalogue';

const gptImage25 = onAzure('gpt-image-2.5', {
	shutDown: '2027-09-08',
	source: { text: `${learn}. Token counts are not published.`, date: read },
});

const gptImage2 = onAzure('gpt-image-2', {
	shutDown: '2027-10-21',
	source: { text: `${learn}; times from one published measurement. ${countedOtherwise}`, date: read },
});

const gptImage15 = onAzure('gpt-image-1.5', {
	shutDown: '2026-12-16',
	successor: 'gpt-image-2',
	source: { text: `${learn}. ${countedOtherwise}`, date: read },
});

const gptImage1Mini = onAzure('gpt-image-1-mini', {
	shutDown: '2027-04-07',
	successor: 'gpt-image-2',
	source: { text: `${learn}. ${countedOtherwise}`, date: read },
});

const gptImage1 = onAzure('gpt-image-1.5', {
	family: 'gpt-image-1',
	models: ['gpt-image-1'],
	prices: { textIn: 5, imageIn: 10, imageOut: 40 },
	source: {
		text: `${learn}, whose newest table of retirements leaves it out; the price of text is OpenAI’s. ${countedOtherwise}`,
		date: read,
	},
});

/** A model of Foundry that has another contract, or none that is known. Nothing but the refusal is ever used. */
function refused(family: string, models: readonly string[], refusal: string, source: string): Capability {
	const { prices: _prices, shutDown: _shutDown, autoSizes: _sizes, ...row } = gptImage2;
	return {
		...row,
		family,
		models,
		size: { kind: 'any' },
		tokens: { kind: 'unknown' },
		refusal,
		source: { text: source, date: read },
	};
}

const maiImage = refused(
	'mai-image',
	['mai-image-*'],
	'It takes width and height with limits of their own, at an address that is not documented here. Deploy a GPT Image model.',
	'A third-party client of Foundry; Microsoft’s own reference was not found.',
);

const flux = refused('flux', ['flux*'], 'Nothing is known of its requests. Deploy a GPT Image model.', 'No documentation was found.');

/** Models of Azure OpenAI and Microsoft Foundry, the newest family first. Names are in lower case, and match in any case. */
export const azureRows: readonly Capability[] = [gptImage25, gptImage2, gptImage15, gptImage1Mini, gptImage1, maiImage, flux];

/** Models that Azure no longer serves. */
export const azureRetired: readonly RetiredModel[] = [
	{ model: 'dall-e-3', shutDown: '2026-03-04', successor: 'gpt-image-2', source: { text: 'Foundry catalogue.', date: read } },
];

/** The model that a deployment is called after, as the portal proposes. `undefined`: the name says nothing. */
export function azureModelNamed(deployment: string): string | undefined {
	const name = deployment.toLowerCase();
	const known = [...azureRows.flatMap(({ models }) => models), ...azureRetired.map(({ model }) => model)];
	return known.some(model => isModelOrSnapshot(name, model)) ? name : undefined;
}
