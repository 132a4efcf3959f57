import { describeDestination } from '../../core/connection/destination';
import { formatPrice } from '../../core/plan/formatPrice';
import type { Plan } from '../../core/plan/plan';
import type { ImageSize } from '../../core/image/imageSize';
import { formatSize } from '../../core/image/imageSize';
import { hasErrors, type Problem } from '../../core/problem';
import type { StoredPicture } from '../../core/run/ports';
import type { RunRecord } from '../../core/run/records';
import type { PanelState } from '../../protocol/messages';
import { panelPhase, phaseIsOfRun } from './panelPhase';
import { displaySize, type PanelTexts } from './panelTexts';
import type { SessionSnapshot } from './session';

/** What a state is made of besides the session itself. */
export interface PanelStateInputs {
	readonly epoch: number;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly texts: PanelTexts;
	/** Display address of a picture of the run; `undefined` when its file is gone. */
	pictureUri(picture: StoredPicture): string | undefined;
	/** An asset's path or URI as a person knows it: relative to the workspace folder where it lies in one. */
	assetName(asset: string): string;
}

/** No model takes a third of it, and a page of megabytes would keep the window busy. In UTF-16 code units. */
const maxShownPrompt = 100_000;

/** Everything that the page shows of a session. Pure: the same inputs give the same state. */
export function panelState(snapshot: SessionSnapshot, inputs: PanelStateInputs): PanelState {
	const { outcome } = snapshot;
	// An attempt that did not even start takes the place of the run before it.
	const run = phaseIsOfRun(snapshot) ? snapshot.run : undefined;
	const plan = outcome?.kind === 'ready' ? outcome.plan : undefined;
	const problems = outcome?.kind === 'invalid' ? outcome.problems : (plan?.problems ?? []);
	const phase = panelPhase(snapshot, inputs);
	const isBusy = phase.kind === 'running' || phase.kind === 'waiting';
	// What is under way or done was made of its own request and prompt; the file may have been changed since.
	const isMade = isBusy || phase.kind === 'done' || phase.kind === 'uncertain';
	const request = plan && !isBusy ? requestOfPlan(plan, inputs.texts) : run && requestOfRecord(run.record, inputs.texts);
	const isSandbox = (run?.record.hostKind ?? plan?.connection.kind) === 'sandbox';
	return {
		epoch: inputs.epoch,
		title: snapshot.title,
		...(run ? { runId: run.record.runId } : {}),
		...(request ? { request } : {}),
		prompt: ((isMade ? run?.record.prompt : undefined) ?? plan?.prompt ?? snapshot.prompt).slice(0, maxShownPrompt),
		outgoing: plan && !isMade ? outgoing(plan, inputs.texts) : [],
		problems: problems.map(shownProblem),
		canGenerate: plan !== undefined && !hasErrors(problems) && snapshot.isTrusted && !isBusy,
		isTrusted: snapshot.isTrusted,
		canOpenPrompt: snapshot.canOpenPrompt,
		...(run?.record.state === 'finished' ? { isStarred: run.record.isStarred === true } : {}),
		...(isSandbox ? { sandbox: snapshot.isFirstRun ? 'first' : 'chosen' } : {}),
		phase,
	};
}

function shownProblem({ severity, message }: Problem): PanelState['problems'][number] {
	return { severity, message };
}

function requestOfPlan(plan: Plan, texts: PanelTexts): PanelState['request'] {
	const { requested } = plan;
	return {
		connection: plan.connection.name,
		model: plan.model,
		size: sizeText(requested.size, texts),
		quality: requested.quality ?? '',
		format: requested.format ?? '',
		n: requested.n,
		price: formatPrice(plan.price, 'long', texts.locale),
		notices: [...plan.notices],
	};
}

/** After a reload the source may be gone; then the record tells what was asked. */
function requestOfRecord(record: RunRecord, { t, locale }: PanelTexts): PanelState['request'] {
	const { requested } = record;
	return {
		connection: record.connection,
		model: record.model,
		size: displaySize(requested.size ?? t('default size')),
		quality: requested.quality ?? '',
		format: requested.format ?? '',
		n: requested.n ?? 1,
		price: formatPrice(record.price, 'long', locale),
		notices: [...record.notices],
	};
}

function sizeText(size: 'auto' | ImageSize | undefined, { t }: PanelTexts): string {
	if (size === undefined) {
		return t('default size');
	}
	return size === 'auto' ? t('size auto') : displaySize(formatSize(size));
}

/** Where the request goes (in words, and to the letter), and every field of it but the prompt, which the page shows by itself. */
function outgoing(plan: Plan, { t }: PanelTexts): PanelState['outgoing'] {
	const { connection } = plan;
	const { kind, baseUrl, query } = connection;
	const places =
		kind === 'sandbox'
			? [{ label: t('Goes to'), value: t('nobody: painted on this machine') }]
			: [
					{ label: t('Goes to'), value: describeDestination(connection).text },
					{ label: t('Address'), value: `${baseUrl}/images/generations${query === undefined ? '' : `?${query}`}` },
				];
	const [first] = plan.requests;
	const fields = Object.entries(first?.body ?? {}).filter(([name]) => name !== 'prompt');
	return [
		...places,
		...fields.map(([name, value]) => ({ label: name, value: displaySize(String(value)) })),
		...(plan.requests.length > 1 ? [{ label: t('Requests'), value: String(plan.requests.length) }] : []),
	];
}
