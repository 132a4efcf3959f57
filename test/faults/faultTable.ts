import { faults, moments, type Fault, type Moment } from '../fakes/chaos/faults';
import type { FailureKind } from '../../src/core/run/failure';
import type { RunStatus } from '../../src/core/run/runResult';
import type { AccountName } from './accounts';

/** One square of the matrix. */
export interface Cell {
	readonly account: AccountName;
	readonly scheme: 'http' | 'https';
	readonly answer: 'stream' | 'plain';
	readonly fault: Fault;
	readonly moment: Moment;
}

/** What a run has to come to. */
export interface Outcome {
	readonly status: RunStatus;
	readonly failure?: FailureKind;
	/** Generation requests that the host accepted: what is paid for. */
	readonly accepted: 0 | 1;
	readonly attempts: number;
	/** How many connections are struck. */
	readonly struck: number;
	readonly because: string;
}

/** What is asked of each account, and over what. Azure is reached by https, and candidates are streamed there one by one. */
const ways: readonly Pick<Cell, 'account' | 'scheme' | 'answer'>[] = [
	{ account: 'OpenAI', scheme: 'http', answer: 'stream' },
	{ account: 'OpenAI', scheme: 'http', answer: 'plain' },
	{ account: 'OpenAI', scheme: 'https', answer: 'stream' },
	{ account: 'OpenAI', scheme: 'https', answer: 'plain' },
	{ account: 'Azure v1 with a token', scheme: 'https', answer: 'stream' },
	{ account: 'Azure deployment with a key', scheme: 'https', answer: 'stream' },
];

/** Every square, those without a sense included. */
export const allCells: readonly Cell[] = ways.flatMap(way => moments.flatMap(moment => faults.map(fault => ({ ...way, fault, moment }))));

/** Why there can't be such a cell; `undefined` when there is. */
export function whySenseless({ scheme, answer, moment }: Cell): string | undefined {
	if (scheme === 'http' && moment === 'tlsHandshake') {
		return 'http has no handshake';
	}
	if (answer === 'plain' && moment === 'midPartial') {
		return 'a plain answer has no partial pictures';
	}
	return answer === 'plain' && moment === 'beforeFinal' ? 'a plain answer is one document, without events' : undefined;
}

/**
 * What has to come of a cell: one outcome, or two where the request provably did not get through. Then it is repeated, which
 * succeeds if the fault struck once, and is given up if it lasts.
 */
export function outcomesOf(cell: Cell): readonly Outcome[] {
	const { answer, fault, moment } = cell;
	const succeeded: Outcome = { status: 'succeeded', accepted: 1, attempts: 1, struck: 1, because: 'everything arrived' };
	if (fault !== 'timeout' && fault !== 'reset' && fault !== 'cut') {
		return [{ ...succeeded, because: 'slow is not lost: everything arrives in the end, and no close is waited for' }];
	}
	if (hasProvablyNotLeft(cell)) {
		return [
			{ ...succeeded, attempts: 2, because: 'connection or TLS failed, so the repetition can’t be a second one for the host' },
			{
				status: 'failed',
				failure: 'unreachable',
				accepted: 0,
				attempts: 3,
				struck: 3,
				because: 'connection or TLS fails again and again, and nothing has left',
			},
		];
	}
	if (answer === 'stream' && moment === 'beforeLast') {
		return [{ ...succeeded, because: 'the final event arrived and its picture is whole; [DONE] tells nothing more' }];
	}
	const isWhollySent = moments.indexOf(moment) >= moments.indexOf('beforeHeaders');
	const because = isWhollySent
		? 'the host has the request, and its answer did not arrive whole'
		: 'the connection stood: nobody on this side knows how much of the request got through';
	return [{ status: 'uncertain', failure: 'uncertain', accepted: isWhollySent ? 1 : 0, attempts: 1, struck: 1, because }];
}

/**
 * What lies in the run's folder besides its record when the answer ends at the moment of the cell: a stream brings two partial
 * pictures and a final one, a plain answer two final ones.
 */
export function filesAt({ answer, moment }: Cell): readonly string[] {
	const partials = answer === 'stream' ? ['partial-0.png', 'partial-0-2.png'] : [];
	switch (moment) {
		case 'midPartial':
			return ['partial-0.png', 'partial-0-2.part'];
		case 'beforeFinal':
			return partials;
		case 'midFinal':
			return answer === 'stream' ? [...partials, 'final-0.part'] : ['final-0.png', 'final-1.part'];
		case 'beforeLast':
			return answer === 'stream' ? [...partials, 'final-0.png'] : ['final-0.png', 'final-1.png'];
		default:
			return [];
	}
}

/** Connecting failed, or the handshake. A connection over http that stands and then breaks proves nothing. */
function hasProvablyNotLeft({ scheme, fault, moment }: Cell): boolean {
	return moment === 'tlsHandshake' || (moment === 'connect' && (scheme === 'https' || fault === 'reset'));
}
