import type { Problem } from '../problem';
import type { Tier } from '../prompt/promptDocument';
import { nearestName } from '../prompt/nearestName';
import { chooseValue, problemAbout, type Checked, type PlanContext, type ValueOrigin } from './planContext';
import { chooseValueFixes } from './planFixes';

/** What a tier or token bucket stands for (the file format's own rule). */
const tierQualities: ReadonlyMap<Tier, string> = new Map<Tier, string>([
	['smimage', 'low'],
	[16, 'low'],
	[24, 'low'],
	['image', 'medium'],
	[36, 'medium'],
	[48, 'medium'],
	['xlimage', 'high'],
	[64, 'high'],
	[96, 'high'],
]);

/** The quality that is asked for: the file's `quality`, else what its `tier` stands for, else the setting's. */
export function checkQuality(context: PlanContext): Checked<string> {
	const { keys } = context.document;
	if (keys.tier && !keys.quality) {
		return qualityOfTier(context, keys.tier.value);
	}
	const setting = { name: 'imgprompt.defaults.quality', value: context.settings.quality };
	const { chosen, problems } = chooseValue(context, 'quality', 'quality', setting);
	return chosen ? checkValue(context, chosen.value, chosen.origin) : { problems };
}

function qualityOfTier(context: PlanContext, tier: Tier): Checked<string> {
	const { chosen, problems } = chooseValue(context, 'tier', 'quality');
	const quality = tierQualities.get(tier);
	if (!chosen || quality === undefined) {
		return { problems };
	}
	const checked = checkValue(context, quality, chosen.origin);
	return { ...checked, notices: [`The tier ${tier} is asked for as quality ${quality}.`] };
}

function checkValue(context: PlanContext, quality: string, origin: ValueOrigin): Checked<string> {
	return context.capability.qualities.includes(quality)
		? { value: quality, problems: [] }
		: { problems: [unknownQuality(context, quality, origin)] };
}

function unknownQuality({ capability, document, subject }: PlanContext, quality: string, origin: ValueOrigin): Problem {
	const { qualities } = capability;
	const meant = nearestName(quality, qualities) ?? equivalents.get(quality);
	const nearestFirst = [...qualities].sort((a, b) => Number(b === meant) - Number(a === meant));
	return problemAbout(origin, {
		code: 'invalidValue',
		message: `${subject} has no quality "${quality}". Use ${qualities.join(', ')}.`,
		fixes: document.keys.tier ? [] : chooseValueFixes(document, 'quality', nearestFirst),
	});
}

/** What comes next to a quality that other models have. */
const equivalents: ReadonlyMap<string, string> = new Map([
	['max', 'high'],
	['xhigh', 'high'],
	['hd', 'high'],
	['standard', 'medium'],
]);
