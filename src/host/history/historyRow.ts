import { formatUsd } from '../../core/plan/formatPrice';
import { assertNever } from '../../core/result';
import { isUndecided } from '../../core/run/isUndecided';
import type { RunRecord } from '../../core/run/records';
import { splitSentences } from '../panel/failureView';
import type { PanelTexts } from '../panel/panelTexts';

/** What can be done with a run without opening it. */
export type HistoryAction = 'openUsagePage' | 'dismiss' | 'star' | 'unstar' | 'reveal';

/** One run as a line of the history. */
export interface HistoryRow {
	readonly runId: string;
	/** Name of a codicon. */
	readonly icon: string;
	readonly isStarred: boolean;
	/** First words of the prompt; where none is kept, the name of its file, or that there is none. */
	readonly words: string;
	/** Connection, model, file. */
	readonly origin: string;
	/** When, how it ended, what it cost; of a failure, what happened. */
	readonly outcome: string;
	readonly actions: readonly HistoryAction[];
}

const maxWords = 80;

/** Makes lines of runs, all with the same formats: making a format takes longer than the rest of a line. */
export interface HistoryRows {
	/** Words a run for the list. `hasUsagePage`: its host has a page that says what was billed. */
	readonly rowOf: (record: RunRecord, hasUsagePage: boolean) => HistoryRow;
}

interface Formats extends PanelTexts {
	readonly time: (at: number) => string;
	readonly usd: (amount: number) => string;
}

/** Lines in the language of `texts`. */
export function historyRows(texts: PanelTexts): HistoryRows {
	const timeFormat = new Intl.DateTimeFormat(texts.locale, { dateStyle: 'medium', timeStyle: 'short' });
	const amounts = new Map<number, string>();
	const usd = (amount: number): string => {
		const text = amounts.get(amount) ?? formatUsd(amount, texts.locale);
		amounts.set(amount, text);
		return text;
	};
	const formats: Formats = { ...texts, time: at => timeFormat.format(at), usd };
	return { rowOf: (record, hasUsagePage) => rowOf(record, hasUsagePage, formats) };
}

function rowOf(record: RunRecord, hasUsagePage: boolean, texts: Formats): HistoryRow {
	const isStarred = record.isStarred === true;
	const file = fileOf(record);
	const words = firstWords(record.prompt ?? '');
	const ending = [statusText(record, texts), costText(record, texts)];
	// Buttons take the room at the end of an undecided line, and what may have been billed is what it is about.
	const endAndCost = isUndecided(record) ? ending.toReversed() : ending;
	return {
		runId: record.runId,
		icon: iconOf(record),
		isStarred,
		words: words || file || texts.t('Prompt not kept'),
		origin: [record.connection, record.model, words === '' ? '' : file]
			.filter((part, at, all) => part && all.indexOf(part) === at)
			.join(' · '),
		outcome: [startText(record, texts), ...endAndCost, failureText(record)].filter(part => part !== '').join(' · '),
		actions: [
			// Tab leads to the first button of a row only.
			...(isUndecided(record) ? ['dismiss' as const, ...(hasUsagePage ? (['openUsagePage'] as const) : [])] : []),
			...(record.state === 'finished' ? [isStarred ? ('unstar' as const) : ('star' as const)] : []),
			...(record.pictures.length > 0 ? ['reveal' as const] : []),
		],
	};
}

function firstWords(prompt: string): string {
	const line = prompt
		.slice(0, 4 * maxWords)
		.replace(/\s+/g, ' ')
		.trim();
	return line.length <= maxWords ? line : `${line.slice(0, maxWords).replace(/\s\S*$/, '')}…`;
}

function fileOf({ source }: RunRecord): string {
	return source.kind === 'input' ? '' : lastPart(source.uri);
}

function lastPart(uri: string): string {
	const name = uri.replace(/[?#].*$/, '').slice(uri.lastIndexOf('/') + 1);
	try {
		return decodeURIComponent(name);
	} catch {
		return name; // A percent sign that encodes nothing.
	}
}

function iconOf(record: RunRecord): string {
	if (record.state !== 'finished' || !record.result) {
		return 'loading';
	}
	switch (record.result.status) {
		case 'succeeded':
			return 'check';
		case 'failed':
			return 'error';
		case 'cancelled':
			return 'circle-slash';
		case 'uncertain':
			return 'warning';
		default:
			return assertNever(record.result.status);
	}
}

function startText({ startedAt }: RunRecord, formats: Formats): string {
	const time = Date.parse(startedAt);
	return Number.isNaN(time) ? '' : formats.time(time);
}

function statusText(record: RunRecord, { t }: PanelTexts): string {
	if (record.state !== 'finished' || !record.result) {
		return t('under way');
	}
	switch (record.result.status) {
		case 'succeeded':
			return record.pictures.length === 1 ? t('1 picture') : t('{0} pictures', record.pictures.length);
		case 'failed':
			return t('failed');
		case 'cancelled':
			return t('cancelled');
		case 'uncertain':
			return isUndecided(record) ? t('may have been billed') : t('dismissed, may have been billed');
		default:
			return assertNever(record.result.status);
	}
}

/** Rows of the same prompt that failed in turn can only be told apart by this. */
function failureText({ result }: RunRecord): string {
	const [what] = result?.status === 'failed' ? splitSentences(result.failure?.message ?? '') : [''];
	return what.replace(/\s+/g, ' ').replace(/\.$/, '');
}

/** An estimate of what nobody knows is marked as one. */
function costText({ hostKind, result }: RunRecord, { t, usd }: Formats): string {
	if (hostKind === 'sandbox') {
		return t('free');
	}
	if (!result?.cost) {
		return '';
	}
	const amount = usd(result.cost.usd);
	return result.cost.estimated ? `≈ ${amount}` : amount;
}
