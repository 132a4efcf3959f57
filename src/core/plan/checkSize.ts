import { formatSize, type ImageSize } from '../image/imageSize';
import { checkImageSize, nearestSize, nearestSizeWithSameRatio, type SizeFailure } from '../image/sizeLimits';
import type { SizeLimits } from '../model/capability';
import type { Problem, ProblemFix } from '../problem';
import type { PromptDocument } from '../prompt/promptDocument';
import { sizeFromText, sizePattern } from '../prompt/sizeText';
import { assertNever } from '../result';
import {
	chooseValue,
	problemAbout,
	settingOrigin,
	type Checked,
	type ChosenValue,
	type PlanContext,
	type ValueOrigin,
} from './planContext';
import { setKeyFix } from './planFixes';

type RequestedSize = 'auto' | ImageSize;

const settingName = 'imgprompt.defaults.size';
const usualSize: ImageSize = { width: 1024, height: 1024 };

/** The size that is asked for, after the rules of host and model. */
export function checkSize(context: PlanContext): Checked<RequestedSize> {
	const setting = readSize(context.settings.size);
	const { chosen, problems } = chooseValue(context, 'size', 'size', { name: settingName, value: setting ?? 'auto' });
	if (!chosen) {
		return { problems };
	}
	if (chosen.origin.kind === 'elsewhere' && setting === undefined) {
		return { problems: [unreadableSetting(context)] };
	}
	return chosen.value === 'auto' ? checkAuto(context) : checkPixels(context, { value: chosen.value, origin: chosen.origin });
}

/** `WxH`, `auto` or a preset, as in a file. `undefined`: none of them. */
function readSize(text: string): RequestedSize | undefined {
	const word = text.trim().toLowerCase();
	return sizePattern.test(word) ? sizeFromText(word) : undefined;
}

function unreadableSetting({ settings, document }: PlanContext): Problem {
	return problemAbout(settingOrigin(settingName), {
		code: 'invalidValue',
		message: `"${settings.size}" is not a size. Write WIDTHxHEIGHT, \`auto\` or a preset such as \`landscape\`.`,
		fixes: setKeyFix(document, 'size', formatSize(usualSize), { isPreferred: true }),
	});
}

function checkAuto({ capability, subject }: PlanContext): Checked<RequestedSize> {
	if (capability.allowsAutoSize) {
		return { value: 'auto', problems: [] };
	}
	const rule = capability.size;
	const size = rule.kind === 'fixed' ? rule.sizes[0] : rule.kind === 'free' ? nearestSize(usualSize, rule.limits) : usualSize;
	return {
		value: size ?? usualSize,
		problems: [],
		notices: [`The size \`auto\` is replaced by ${formatSize(size ?? usualSize)}, because ${subject} does not choose a size.`],
	};
}

function checkPixels(context: PlanContext, chosen: ChosenValue<ImageSize>): Checked<RequestedSize> {
	const rule = context.capability.size;
	switch (rule.kind) {
		case 'any':
			return { value: chosen.value, problems: [] };
		case 'fixed':
			return rule.sizes.some(size => size.width === chosen.value.width && size.height === chosen.value.height)
				? { value: chosen.value, problems: [] }
				: { problems: [notInList(context, chosen, rule.sizes)] };
		case 'free': {
			const checked = checkImageSize(chosen.value, rule.limits);
			return checked.ok
				? { value: chosen.value, problems: experimental(context, chosen, rule.limits) }
				: { problems: [outsideLimits(context, chosen, rule.limits, checked.failure)] };
		}
		default:
			return assertNever(rule);
	}
}

function notInList(context: PlanContext, { value, origin }: ChosenValue<ImageSize>, sizes: readonly ImageSize[]): Problem {
	const distance = (size: ImageSize) => (size.width - value.width) ** 2 + (size.height - value.height) ** 2;
	const nearestFirst = [...sizes].sort((a, b) => distance(a) - distance(b));
	return problemAbout(origin, {
		code: 'sizeUnsupported',
		message: `${context.subject} does not make ${formatSize(value)}. Use ${listSizes(sizes)}.`,
		fixes: nearestFirst.flatMap((size, index) => useSize(context.document, origin, size, index === 0)),
	});
}

function listSizes(sizes: readonly ImageSize[]): string {
	const texts = sizes.map(formatSize);
	return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

function experimental({ subject }: PlanContext, { value, origin }: ChosenValue<ImageSize>, limits: SizeLimits): readonly Problem[] {
	const above = limits.experimentalAbovePixels;
	if (above === undefined || value.width * value.height <= above) {
		return [];
	}
	return [
		problemAbout(origin, {
			code: 'sizeExperimental',
			severity: 'warning',
			message: `${formatSize(value)} is experimental: above ${grouped(above)} pixels, ${subject} is slower and less reliable.`,
		}),
	];
}

function outsideLimits(
	{ document, subject }: PlanContext,
	{ value, origin }: ChosenValue<ImageSize>,
	limits: SizeLimits,
	reason: SizeFailure,
): Problem {
	const nearest = nearestSize(value, limits);
	const alike = nearestSizeWithSameRatio(value, limits);
	const isOther = alike && nearest && formatSize(alike) !== formatSize(nearest);
	return problemAbout(origin, {
		code: reason.kind,
		message: `${describe(value, reason, subject)}${nearest ? ` Use ${formatSize(nearest)}${isOther ? `, or ${formatSize(alike)} for the same proportions` : ''}.` : ''}`,
		fixes: [
			...(nearest ? useSize(document, origin, nearest, true) : []),
			...(isOther ? useSize(document, origin, alike, false, ' (same proportions)') : []),
		],
	});
}

function describe(size: ImageSize, reason: SizeFailure, subject: string): string {
	switch (reason.kind) {
		case 'sizeGrid':
			return `${reason.edges.map(edge => size[edge]).join(' and ')} ${reason.edges.length > 1 ? 'are not multiples' : 'is not a multiple'} of ${reason.step}, as ${subject} needs.`;
		case 'sizeEdge':
			return `${formatSize(size)} is too long: ${subject} makes edges of up to ${reason.maxEdge} pixels.`;
		case 'sizeRatio':
			return `${formatSize(size)} is too elongated: ${subject} makes pictures of up to ${reason.maxRatio}:1.`;
		case 'sizePixels':
			return `${formatSize(size)} has ${grouped(reason.pixels)} pixels: ${subject} makes pictures of ${grouped(reason.minPixels)} to ${grouped(reason.maxPixels)} pixels.`;
		default:
			return assertNever(reason);
	}
}

function useSize(document: PromptDocument, origin: ValueOrigin, size: ImageSize, isPreferred: boolean, remark = ''): readonly ProblemFix[] {
	const title = origin.kind === 'file' ? `Use ${formatSize(size)}${remark}` : `Set \`size: ${formatSize(size)}\` in this file${remark}`;
	return setKeyFix(document, 'size', formatSize(size), { title, isPreferred });
}

/** 655360 as `655,360`. */
function grouped(count: number): string {
	return count.toLocaleString('en-US');
}
