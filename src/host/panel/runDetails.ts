import { formatUsd } from '../../core/plan/formatPrice';
import { formatDuration } from '../../core/run/formatDuration';
import type { StoredPicture } from '../../core/run/ports';
import type { RunRecord } from '../../core/run/records';
import type { Cost, ParameterValues, Usage } from '../../core/run/runResult';
import type { PanelDetails } from '../../protocol/messages';
import { displaySize, type PanelTexts } from './panelTexts';

type Result = NonNullable<RunRecord['result']>;

/** What was asked and what came back, with every difference marked. */
export function runDetails(record: RunRecord, result: Result, texts: PanelTexts): PanelDetails {
	const isSandbox = record.hostKind === 'sandbox';
	const cost = isSandbox ? texts.t('free') : result.cost && costText(result.cost, texts);
	return {
		parameters: parameterRows(result.requested, actualValues(result, record.pictures), texts),
		...(result.usage ? { tokens: tokensText(result.usage, texts) } : {}),
		...(cost ? { cost } : {}),
		duration: formatDuration(result.durationMs, texts.locale),
		requestIds: [...(result.requestIds ?? record.requestIds)],
		contentCredentials: record.pictures.length > 0 && record.pictures.every(picture => picture.hasContentCredentials),
		notices: [...record.notices],
	};
}

/** Size, format and number are read from the files: hosts have been seen to tell what was asked instead of what came. */
function actualValues(result: Result, pictures: readonly StoredPicture[]): ParameterValues {
	const sizes = new Set(pictures.map(picture => `${picture.width}x${picture.height}`));
	const formats = new Set<string>(pictures.map(picture => picture.format));
	return {
		...result.actual,
		...(sizes.size > 0 ? { size: [...sizes].join(', ') } : {}),
		...(formats.size > 0 ? { format: [...formats].join(', ') } : {}),
		n: pictures.length,
	};
}

function parameterRows(asked: ParameterValues, got: ParameterValues, { t }: PanelTexts): PanelDetails['parameters'] {
	const labels: readonly (readonly [keyof ParameterValues, string])[] = [
		['size', t('Size')],
		['quality', t('Quality')],
		['format', t('Format')],
		['background', t('Background')],
		['compression', t('Compression')],
		['moderation', t('Moderation')],
		['n', t('Pictures')],
	];
	return labels
		.filter(([key]) => asked[key] !== undefined || (got[key] !== undefined && key !== 'n'))
		.map(([key, label]) => ({
			label,
			asked: asked[key] === undefined ? t('not asked') : shown(asked[key]),
			got: got[key] === undefined ? t('not told') : shown(got[key]),
			differs: isDifferent(asked[key], got[key]),
		}));
}

function shown(value: string | number): string {
	return String(value).split(', ').map(displaySize).join(', ');
}

/** What was left to the host can't differ; what the host does not tell is not known to differ. */
function isDifferent(asked: string | number | undefined, got: string | number | undefined): boolean {
	return asked !== undefined && asked !== 'auto' && got !== undefined && String(asked) !== String(got);
}

function tokensText(usage: Usage, { t, locale }: PanelTexts): string {
	const count = new Intl.NumberFormat(locale);
	return t(
		'{0} tokens ({1} in, {2} out)',
		count.format(usage.totalTokens),
		count.format(usage.inputTokens),
		count.format(usage.outputTokens),
	);
}

function costText(cost: Cost, { t, locale }: PanelTexts): string {
	const usd = formatUsd(cost.usd, locale);
	return cost.estimated ? t('≈ {0} estimated', usd) : usd;
}
