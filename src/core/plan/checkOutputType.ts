import type { Problem } from '../problem';
import type { Background } from '../prompt/promptDocument';
import { chooseValue, problemAbout, type Checked, type ChosenValue, type PlanContext } from './planContext';
import { chooseValueFixes, removeKeyFix, setKeyFix } from './planFixes';

/** What the picture's file is to be. Absent: left to the host. */
export interface OutputType {
	readonly format?: string;
	readonly compression?: number;
	readonly background?: string;
}

/** Formats that can be compressed with loss (OpenAI API reference, read 2026-11-20). */
const compressible: readonly string[] = ['jpeg', 'webp'];
/** What the setting may be: a choice for all hosts, not a slip of the hand. */
const knownFormats: readonly string[] = ['png', 'jpeg', 'webp'];
const formatSetting = 'imgprompt.defaults.format';
/** Formats without an alpha channel. */
const opaqueFormats: readonly string[] = ['jpeg'];

/** Format, compression and background, which depend on each other. */
export function checkOutputType(context: PlanContext): Checked<OutputType> {
	const format = checkFormat(context);
	// Hosts that are not told a format make PNG.
	const isUnknownFormat = format.chosen !== undefined && format.problems.length > 0;
	const compression = isUnknownFormat ? { problems: [] } : checkCompression(context, format.chosen?.value ?? 'png');
	const background = checkBackground(context, format.chosen);
	return {
		value: {
			...(format.chosen ? { format: format.chosen.value } : {}),
			...(compression.value === undefined ? {} : { compression: compression.value }),
			...(background.value === undefined ? {} : { background: background.value }),
		},
		problems: [...format.problems, ...compression.problems, ...background.problems],
		notices: format.notices,
	};
}

interface CheckedFormat {
	readonly chosen?: ChosenValue<string>;
	readonly problems: readonly Problem[];
	readonly notices: readonly string[];
}

/** A file that names a format wants it. The setting is one for all hosts, and one that does not make it makes what it can. */
function checkFormat(context: PlanContext): CheckedFormat {
	const setting = { name: formatSetting, value: context.settings.format };
	const { chosen, problems } = chooseValue(context, 'format', 'output_format', setting);
	const { formats } = context.capability;
	if (!chosen || formats.includes(chosen.value)) {
		return { ...(chosen ? { chosen } : {}), problems, notices: [] };
	}
	const [usual] = formats;
	if (chosen.origin.kind === 'elsewhere' && knownFormats.includes(chosen.value) && usual !== undefined) {
		const notice = `The format is ${usual}, because ${context.subject} does not make ${chosen.value} files there. The setting "${formatSetting}" asks for ${chosen.value}.`;
		return { chosen: { ...chosen, value: usual }, problems, notices: [notice] };
	}
	const problem = problemAbout(chosen.origin, {
		code: 'formatUnsupported',
		message: `${context.subject} does not make ${chosen.value} files. Use ${formats.join(', ')}.`,
		fixes: chooseValueFixes(context.document, 'format', formats),
	});
	return { chosen, problems: [problem], notices: [] };
}

function checkCompression(context: PlanContext, format: string): Checked<number> {
	const { chosen, problems } = chooseValue(context, 'compression', 'output_compression');
	if (!chosen || compressible.includes(format)) {
		return { ...(chosen ? { value: chosen.value } : {}), problems };
	}
	const problem = problemAbout(chosen.origin, {
		code: 'compressionIgnored',
		severity: 'warning',
		message: `\`compression\` has no effect on ${format} and is not sent. Remove it, or use jpeg or webp.`,
		fixes: [
			...removeKeyFix(context.document, 'compression'),
			...compressible
				.filter(other => context.capability.formats.includes(other))
				.flatMap(other => setKeyFix(context.document, 'format', other)),
		],
	});
	return { problems: [problem] };
}

function checkBackground(context: PlanContext, format: ChosenValue<string> | undefined): Checked<string> {
	const setting = { name: 'imgprompt.defaults.background', value: context.settings.background as Background };
	const { chosen, problems } = chooseValue(context, 'background', 'background', setting);
	if (!chosen) {
		return { problems };
	}
	const { capability, document, subject } = context;
	if (!capability.backgrounds.includes(chosen.value)) {
		const problem = problemAbout(chosen.origin, {
			code: 'parameterUnsupported',
			message: `${subject} does not make ${chosen.value} backgrounds. Use ${capability.backgrounds.join(', ')}.`,
			fixes: chooseValueFixes(document, 'background', capability.backgrounds),
		});
		return { problems: [problem] };
	}
	if (chosen.value === 'auto' && chosen.origin.kind === 'elsewhere') {
		return { problems };
	}
	return { value: chosen.value, problems: chosen.value === 'transparent' ? aboutTransparency(context, chosen, format) : [] };
}

function aboutTransparency(
	context: PlanContext,
	background: ChosenValue<string>,
	format: ChosenValue<string> | undefined,
): readonly Problem[] {
	const { capability, document, subject } = context;
	const withAlpha = capability.formats.filter(name => !opaqueFormats.includes(name));
	if (format && opaqueFormats.includes(format.value)) {
		const problem = problemAbout(background.origin, {
			code: 'backgroundNeedsAlpha',
			message: `A transparent background needs ${withAlpha.join(' or ')}, but the format is ${format.value}${format.origin.kind === 'elsewhere' ? ` (setting "${formatSetting}")` : ''}.`,
			fixes: chooseValueFixes(document, 'format', withAlpha),
		});
		return [problem];
	}
	if (!capability.previewBackgrounds?.includes(background.value)) {
		return [];
	}
	const preview = problemAbout(background.origin, {
		code: 'parameterUnsupported',
		severity: 'information',
		message: `A transparent background is in preview for ${subject}: the host may refuse it.`,
	});
	return [preview];
}
